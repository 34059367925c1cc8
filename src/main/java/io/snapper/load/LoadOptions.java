package io.snapper.load;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to do, as given on the command line.
 *
 * @param servers where consumers connect, in turn
 * @param fallbacks where they connect again after a connection broke, in turn
 * @param producers where producers connect, in turn: {@code tcp://host:port} or {@code
 *     http://host:port}
 * @param secret what signs the tokens of consumers and TCP producers
 * @param httpToken the token of HTTP producers
 * @param consumers how many, 1 or more
 * @param rooms how many rooms they share; 0: each is alone, in its user's own room
 * @param roomsPerConsumer in how many of the rooms each one is
 * @param rate messages per second in all; 0: a closed loop
 * @param round messages of one round of the closed loop: the next begins when each has arrived
 *     everywhere
 * @param burst messages that a room gets before it is the next one's turn, 1 or more; they are due
 *     at the same moment
 * @param messagesPerRequest the most messages in one request of a producer, 1 to 50
 * @param size characters of a message, 40 or more
 * @param duration how long is measured
 * @param warmUp how long the same load runs before
 * @param connectRate connections opened per second, at most
 * @param slowShare the share of consumers, 0 to 1, that acknowledge late
 * @param slowDelay how late
 * @param silentShare the share of consumers, 0 to 1, that never acknowledge
 * @param churn connections per second that are closed and opened again
 * @param threads event loops of the consumers
 * @param processes ids of the processes whose CPU and memory are reported
 * @param json where the report is written as JSON, if anywhere
 */
record LoadOptions(
    List<URI> servers,
    List<URI> fallbacks,
    List<URI> producers,
    String secret,
    Optional<String> httpToken,
    int consumers,
    int rooms,
    int roomsPerConsumer,
    double rate,
    int round,
    int burst,
    int messagesPerRequest,
    int size,
    Duration duration,
    Duration warmUp,
    double connectRate,
    double slowShare,
    Duration slowDelay,
    double silentShare,
    double churn,
    int threads,
    List<Long> processes,
    Optional<Path> json) {

  /** The options that were not understood, in words for the user. */
  static final class Misuse extends Exception {
    private static final long serialVersionUID = 1L;

    Misuse(String message) {
      super(message);
    }
  }

  private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

  static {
    DEFAULTS.put("servers", "ws://127.0.0.1:8080");
    DEFAULTS.put("fallbacks", "");
    DEFAULTS.put("producers", "tcp://127.0.0.1:7700");
    DEFAULTS.put("secret", "");
    DEFAULTS.put("http-token", "");
    DEFAULTS.put("consumers", "200");
    DEFAULTS.put("rooms", "1");
    DEFAULTS.put("rooms-per-consumer", "1");
    DEFAULTS.put("rate", "20");
    DEFAULTS.put("round", "400");
    DEFAULTS.put("burst", "1");
    DEFAULTS.put("messages-per-request", "50");
    DEFAULTS.put("size", "128");
    DEFAULTS.put("duration", "20s");
    DEFAULTS.put("warm-up", "10s");
    DEFAULTS.put("connect-rate", "1000");
    DEFAULTS.put("slow-share", "0");
    DEFAULTS.put("slow-delay", "1s");
    DEFAULTS.put("silent-share", "0");
    DEFAULTS.put("churn", "0");
    DEFAULTS.put("threads", "1");
    DEFAULTS.put("processes", "");
    DEFAULTS.put("json", "");
  }

  static String usage() {
    StringBuilder text = new StringBuilder("usage: java -jar snapper-load.jar --name value …\n");
    DEFAULTS.forEach((name, value) -> text.append(String.format("  --%-22s %s%n", name, value)));
    return text + "See docs/load.md.";
  }

  static LoadOptions parse(String[] arguments) throws Misuse {
    Map<String, String> values = new LinkedHashMap<>(DEFAULTS);
    for (int index = 0; index < arguments.length; index += 2) {
      String name = arguments[index].startsWith("--") ? arguments[index].substring(2) : "";
      if (!DEFAULTS.containsKey(name)) {
        throw new Misuse("unknown option '" + arguments[index] + "'");
      }
      if (index + 1 == arguments.length) {
        throw new Misuse("option '" + arguments[index] + "' has no value");
      }
      values.put(name, arguments[index + 1]);
    }
    if (values.get("secret").isEmpty()) {
      throw new Misuse("--secret is needed: one of the broker's snapper.token.secrets");
    }
    return new LoadOptions(
        uris(values, "servers", List.of("ws")),
        uris(values, values.get("fallbacks").isEmpty() ? "servers" : "fallbacks", List.of("ws")),
        uris(values, "producers", List.of("tcp", "http")),
        values.get("secret"),
        text(values, "http-token"),
        integer(values, "consumers", 1, 1_000_000),
        integer(values, "rooms", 0, 1_000_000),
        integer(values, "rooms-per-consumer", 1, 1000),
        number(values, "rate", 0, 10_000_000),
        integer(values, "round", 1, 10_000_000),
        integer(values, "burst", 1, 10_000),
        integer(values, "messages-per-request", 1, 50),
        integer(values, "size", MessageText.SHORTEST, 1 << 20),
        duration(values, "duration"),
        duration(values, "warm-up"),
        number(values, "connect-rate", 0.1, 1_000_000),
        number(values, "slow-share", 0, 1),
        duration(values, "slow-delay"),
        number(values, "silent-share", 0, 1),
        number(values, "churn", 0, 1_000_000),
        integer(values, "threads", 1, 64),
        processes(values),
        text(values, "json").map(Path::of));
  }

  /** Returns how many consumers never acknowledge: those that come first. */
  int silentConsumers() {
    return (int) Math.round(consumers * silentShare);
  }

  boolean isClosedLoop() {
    return rate == 0;
  }

  /** Returns the number of different rooms that messages go to. */
  int roomCount() {
    return rooms == 0 ? consumers : rooms;
  }

  private static Optional<String> text(Map<String, String> values, String name) {
    return Optional.of(values.get(name)).filter(value -> !value.isEmpty());
  }

  private static List<URI> uris(Map<String, String> values, String name, List<String> schemes)
      throws Misuse {
    List<URI> uris;
    try {
      uris = List.of(values.get(name).split(",")).stream().map(URI::create).toList();
    } catch (IllegalArgumentException failure) {
      throw new Misuse("--" + name + " '" + values.get(name) + "': " + failure.getMessage());
    }
    for (URI uri : uris) {
      if (!schemes.contains(uri.getScheme()) || uri.getHost() == null || uri.getPort() < 0) {
        throw new Misuse(
            "--" + name + " '" + uri + "' must be one of " + schemes + " with host and port");
      }
    }
    return uris;
  }

  private static int integer(Map<String, String> values, String name, int least, int most)
      throws Misuse {
    double value = number(values, name, least, most);
    if (value != Math.rint(value)) {
      throw new Misuse("--" + name + " '" + values.get(name) + "' must be a whole number");
    }
    return (int) value;
  }

  private static double number(Map<String, String> values, String name, double least, double most)
      throws Misuse {
    double value;
    try {
      value = Double.parseDouble(values.get(name));
    } catch (NumberFormatException failure) {
      value = Double.NaN;
    }
    if (!(value >= least && value <= most)) {
      throw new Misuse(
          "--" + name + " '" + values.get(name) + "' must be " + least + " to " + most);
    }
    return value;
  }

  private static Duration duration(Map<String, String> values, String name) throws Misuse {
    String value = values.get(name);
    try {
      if (value.endsWith("ms")) {
        return Duration.ofMillis(Long.parseLong(value.substring(0, value.length() - 2)));
      }
      if (value.endsWith("s")) {
        return Duration.ofSeconds(Long.parseLong(value.substring(0, value.length() - 1)));
      }
    } catch (NumberFormatException notANumber) {
      // Told below.
    }
    throw new Misuse("--" + name + " '" + value + "' must be like 500ms or 20s");
  }

  private static List<Long> processes(Map<String, String> values) throws Misuse {
    try {
      return text(values, "processes").stream()
          .flatMap(list -> List.of(list.split(",")).stream())
          .map(Long::valueOf)
          .toList();
    } catch (NumberFormatException failure) {
      throw new Misuse("--processes '" + values.get("processes") + "' must be numbers");
    }
  }
}
