package io.snapper.auth.jwt;

import io.snapper.config.ConfigurationException;
import io.snapper.config.Durations;
import io.snapper.config.SettingsSource;
import io.snapper.config.SnapperSettings;
import io.snapper.core.auth.DeviceKind;
import io.snapper.core.auth.TokenIssuer;
import io.snapper.core.error.SnapperException;
import io.snapper.core.message.UserId;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The command that makes tokens, without a running server: it reads the settings of the process and
 * the data directory. The token, and nothing else, goes to the standard output.
 */
public final class TokenCommand {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int BAD_USAGE = 2;

  static final String USAGE =
      """
      usage: token consumer   --user USER [--source web|ios|android] [--expires 24h]
             token producer   --name NAME                            [--expires 24h]
             token statistics                                        [--expires 24h]
             token http       --roles producer,admin [--name NAME]   [--expires 24h]

      Prints a token. Settings are read from system properties (-Dsnapper.data.dir=...)
      and the environment (SNAPPER_DATA_DIR=...), as the server reads them.
      """;

  private static final Duration SHORTEST_LIFE = Duration.ofSeconds(1);
  private static final Duration LONGEST_LIFE = Duration.ofDays(36_500);

  /** Which options each kind of token takes. */
  private static final Map<String, Set<String>> OPTIONS =
      Map.of(
          "consumer", Set.of("--user", "--source", "--expires"),
          "producer", Set.of("--name", "--expires"),
          "statistics", Set.of("--expires"),
          "http", Set.of("--roles", "--name", "--expires"));

  private final SettingsSource source;
  private final InstantSource clock;

  TokenCommand(SettingsSource source, InstantSource clock) {
    this.source = source;
    this.clock = clock;
  }

  /** Runs the command and ends the process: 0 done, 1 failed, 2 bad usage. */
  public static void main(String[] arguments) {
    // jose4j's logging facade would complain on the standard error that there is no logger.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    TokenCommand command = new TokenCommand(SettingsSource.ofProcess(), InstantSource.system());
    System.exit(command.run(List.of(arguments), System.out, System.err));
  }

  /**
   * Runs the command.
   *
   * @param arguments with or without the leading word {@code token}
   * @return the exit code
   */
  int run(List<String> arguments, PrintStream out, PrintStream err) {
    List<String> words =
        !arguments.isEmpty() && arguments.get(0).equals("token")
            ? arguments.subList(1, arguments.size())
            : arguments;
    if (words.contains("--help") || words.contains("-h")) {
      err.print(USAGE);
      return DONE;
    }
    try {
      out.println(token(words));
      return DONE;
    } catch (BadUsage wrong) {
      err.println(wrong.getMessage());
      err.print(USAGE);
      return BAD_USAGE;
    } catch (ConfigurationException | SnapperException | UncheckedIOException failed) {
      err.println(failed.getMessage());
      return FAILED;
    }
  }

  private String token(List<String> words) {
    String kind = words.isEmpty() ? "" : words.get(0);
    if (!OPTIONS.containsKey(kind)) {
      throw new BadUsage(
          kind.isEmpty() ? "which kind of token?" : "'" + kind + "' is no kind of token");
    }
    Map<String, String> options = options(kind, words.subList(1, words.size()));
    long end =
        clock.instant().plus(life(options.getOrDefault("--expires", "24h"))).getEpochSecond();
    return switch (kind) {
      case "consumer" -> consumer(options, end);
      case "producer" -> producer(options, end);
      case "statistics" -> tokens().issueStatistics(end);
      default -> http(options, end);
    };
  }

  private String consumer(Map<String, String> options, long end) {
    UserId user;
    try {
      user = new UserId(required(options, "--user"));
    } catch (SnapperException brokenRule) {
      throw new BadUsage("--user: " + brokenRule.getMessage());
    }
    String source = options.getOrDefault("--source", "web").toUpperCase(Locale.ROOT);
    DeviceKind device =
        Arrays.stream(DeviceKind.values())
            .filter(kind -> kind.name().equals(source))
            .findFirst()
            .orElseThrow(() -> new BadUsage("--source must be web, ios or android"));
    return tokens().issueConsumer(user, device, end);
  }

  private String producer(Map<String, String> options, long end) {
    String name = required(options, "--name");
    TokenIssuer tokens = tokens();
    try {
      return tokens.issueProducer(name, end);
    } catch (SnapperException brokenRule) {
      throw new BadUsage("--name: " + brokenRule.getMessage());
    }
  }

  private String http(Map<String, String> options, long end) {
    Set<String> roles =
        Arrays.stream(required(options, "--roles").split(",", -1))
            .map(String::strip)
            .collect(Collectors.toSet());
    if (!HttpTokenIssuer.ROLES.containsAll(roles)) {
      throw new BadUsage("--roles must be producer, admin or both, separated by a comma");
    }
    SnapperSettings settings = SnapperSettings.load(source);
    return new HttpTokenIssuer(HttpKeys.load(settings), settings.http().issuer(), clock)
        .issue(options.getOrDefault("--name", "operator"), roles, end);
  }

  private TokenIssuer tokens() {
    return Hs256Tokens.load(SnapperSettings.load(source), clock);
  }

  private static Map<String, String> options(String kind, List<String> words) {
    Map<String, String> options = new HashMap<>();
    Iterator<String> remaining = words.iterator();
    while (remaining.hasNext()) {
      // --option=value is one word, --option value two.
      String[] parts = remaining.next().split("=", 2);
      String option = parts[0];
      if (!OPTIONS.get(kind).contains(option)) {
        throw new BadUsage("'" + option + "' is no option of 'token " + kind + "'");
      }
      if (parts.length == 1 && !remaining.hasNext()) {
        throw new BadUsage(option + " needs a value");
      }
      String value = parts.length == 2 ? parts[1] : remaining.next();
      if (options.put(option, value) != null) {
        throw new BadUsage(option + " is given twice");
      }
    }
    return options;
  }

  private static String required(Map<String, String> options, String option) {
    String value = options.get(option);
    if (value == null || value.isBlank()) {
      throw new BadUsage(option + " is needed");
    }
    return value;
  }

  private static Duration life(String text) {
    try {
      Duration life = Durations.parse(text);
      if (life.compareTo(SHORTEST_LIFE) >= 0 && life.compareTo(LONGEST_LIFE) <= 0) {
        return life;
      }
    } catch (IllegalArgumentException noDuration) {
      // The text below says what it must be.
    }
    throw new BadUsage("--expires must be a duration such as 30m, 24h or 365d, 1s to 36500d");
  }

  /** The command was called wrongly; the message says how. */
  private static final class BadUsage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadUsage(String message) {
      super(message, null, false, false);
    }
  }
}
