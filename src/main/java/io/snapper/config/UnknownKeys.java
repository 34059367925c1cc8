package io.snapper.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Finds keys that look like ours and are none: almost always a misspelled setting. */
final class UnknownKeys {
  private static final String PREFIX = "snapper.";
  private static final String ENVIRONMENT_PREFIX = "SNAPPER_";

  /** What Kubernetes puts into the environment for a service that is called snapper. */
  private static final Pattern SERVICE_NAME =
      Pattern.compile(
          "SNAPPER_(\\w+_)?(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT_\\d+_(TCP|UDP|SCTP)(_\\w+)?)");

  private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");
  private static final int FARTHEST_HINT = 8;

  private UnknownKeys() {}

  /** Returns one fault for each unknown key, with the nearest known one. */
  static List<String> faults(SettingsSource source) {
    Map<String, String> keyByEnvironmentName = new HashMap<>();
    Settings.all().forEach(known -> keyByEnvironmentName.put(known.environmentName(), known.key()));
    Set<String> names = source.names();
    List<String> faults = new ArrayList<>();
    Set<String> reported = new HashSet<>();
    for (String name : new TreeSet<>(names)) {
      String environmentName = Setting.environmentName(name);
      if (isOurs(name)
          && !isKnown(name, environmentName, keyByEnvironmentName, names)
          && !isOfService(source, name, environmentName)
          && reported.add(environmentName)) {
        faults.add(name + " is no setting" + nearest(name));
      }
    }
    return faults;
  }

  /** Returns what an operator should know about a wrong value that Kubernetes may have set. */
  static String hintFor(Setting<?> setting, String text) {
    return setting.environmentName().endsWith("_PORT") && SERVICE_ADDRESS.matcher(text).matches()
        ? " (Kubernetes sets "
            + setting.environmentName()
            + " for a service of that name: set enableServiceLinks to false, or set the value)"
        : "";
  }

  private static boolean isOurs(String name) {
    return name.startsWith(PREFIX) || name.toUpperCase(Locale.ROOT).startsWith(ENVIRONMENT_PREFIX);
  }

  private static boolean isKnown(
      String name,
      String environmentName,
      Map<String, String> keyByEnvironmentName,
      Set<String> names) {
    String key = keyByEnvironmentName.get(environmentName);
    if (key == null) {
      return false;
    }
    if (name.equals(key) || name.equals(environmentName)) {
      return true;
    }
    if (name.startsWith(PREFIX)) {
      // Some implementations list a variable a second time with dots: SNAPPER_A_B-C as
      // snapper.a.b.c.
      return names.contains(environmentName);
    }
    return name.equals(key.replaceAll("[^A-Za-z0-9]", "_"));
  }

  private static boolean isOfService(SettingsSource source, String name, String environmentName) {
    if (SERVICE_NAME.matcher(environmentName).matches()) {
      return true;
    }
    return environmentName.endsWith("_PORT") && holdsServiceAddress(source, name);
  }

  private static boolean holdsServiceAddress(SettingsSource source, String name) {
    try {
      return source.value(name).filter(text -> SERVICE_ADDRESS.matcher(text).matches()).isPresent();
    } catch (RuntimeException unreadable) {
      return false;
    }
  }

  private static String nearest(String name) {
    boolean asVariable = !name.startsWith(PREFIX);
    String wanted = asVariable ? name.toUpperCase(Locale.ROOT) : name;
    Optional<String> best =
        Settings.all().stream()
            .map(known -> asVariable ? known.environmentName() : known.key())
            .min((left, right) -> Integer.compare(distance(wanted, left), distance(wanted, right)));
    return best.filter(known -> distance(wanted, known) <= FARTHEST_HINT)
        .map(known -> "; did you mean " + known + "?")
        .orElse("");
  }

  /** Returns how many characters must be put in, taken out or changed (Levenshtein's distance). */
  static int distance(String left, String right) {
    int[] previous = new int[right.length() + 1];
    for (int column = 0; column <= right.length(); column++) {
      previous[column] = column;
    }
    for (int row = 1; row <= left.length(); row++) {
      int[] current = new int[right.length() + 1];
      current[0] = row;
      for (int column = 1; column <= right.length(); column++) {
        int change = left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1;
        current[column] =
            Math.min(
                Math.min(current[column - 1], previous[column]) + 1, previous[column - 1] + change);
      }
      previous = current;
    }
    return previous[right.length()];
  }
}
