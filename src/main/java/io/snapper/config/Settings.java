package io.snapper.config;

import static io.snapper.config.SettingType.choice;
import static io.snapper.config.SettingType.choices;
import static io.snapper.config.SettingType.directory;
import static io.snapper.config.SettingType.duration;
import static io.snapper.config.SettingType.flag;
import static io.snapper.config.SettingType.integer;
import static io.snapper.config.SettingType.optional;
import static io.snapper.config.SettingType.origins;
import static io.snapper.config.SettingType.pattern;
import static io.snapper.config.SettingType.powerOfTwo;
import static io.snapper.config.SettingType.redisAddresses;
import static io.snapper.config.SettingType.secret;
import static io.snapper.config.SettingType.secrets;
import static io.snapper.config.SettingType.size;
import static io.snapper.config.SettingType.text;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The declaration list: every setting, its name, rule, default and description, and nowhere else.
 * The README's table is made from it.
 */
public final class Settings {
  private static final List<Setting<?>> DECLARED = new ArrayList<>();

  private static final String PEM_RULE = "PEM text, or file:PATH";

  static final Setting<Path> DATA_DIRECTORY =
      declare(
          "snapper.data.dir",
          directory(),
          "~/.snapper",
          "Where generated secrets and keys, and the embedded Redis, are kept.");
  static final Setting<String> SERVER_NAME =
      declare(
          "snapper.server.name",
          text(64),
          "snapper",
          "The name of the whole installation, shown in the statistics.");
  static final Setting<Optional<String>> NODE_ADDRESS =
      declare(
          "snapper.node.address",
          optional(text(128)),
          "",
          "The name under which this node is listed; empty: the machine's host name.");
  static final Setting<Duration> NODE_HEARTBEAT =
      declare(
          "snapper.node.heartbeat",
          duration("100ms", "1m"),
          "1s",
          "How often a node renews its lease and checks for lost pushes.");
  static final Setting<Duration> NODE_LEASE =
      declare(
          "snapper.node.lease",
          duration("500ms", "5m"),
          "5s",
          "How long a silent node counts as alive; more than twice the heartbeat.");

  static final Setting<List<URI>> REDIS_ADDRESS =
      declare(
          "snapper.redis.address",
          redisAddresses(),
          "redis://127.0.0.1:6379",
          "The Redis servers; embedded starts one as a child process.");
  static final Setting<RedisMode> REDIS_MODE =
      declare(
          "snapper.redis.mode",
          choice(RedisMode.class),
          "auto",
          "How the addresses are used; auto: sentinel if a master's name is given, cluster if"
              + " there are several addresses, else single.");
  static final Setting<Optional<String>> REDIS_SENTINEL_MASTER =
      declare(
          "snapper.redis.sentinel.master",
          optional(text(128)),
          "",
          "The master's name that the sentinels know.");
  static final Setting<Optional<String>> REDIS_USERNAME =
      declare("snapper.redis.username", optional(text(256)), "", "The Redis user.");
  static final Setting<Optional<Secret>> REDIS_PASSWORD =
      declareSecret("snapper.redis.password", optional(secret("text")), "The Redis password.");
  static final Setting<String> REDIS_PREFIX =
      declare(
          "snapper.redis.prefix",
          pattern("1 to 32 of a-z, A-Z, 0-9, - and _", "[A-Za-z0-9_-]{1,32}"),
          "snp",
          "What every key begins with; installations that share a Redis need different ones.");
  static final Setting<Integer> REDIS_PARTITIONS =
      declare(
          "snapper.redis.partitions",
          powerOfTwo(4096),
          "256",
          "Into how many groups the keys are divided; several for each lane; fixed at the first start.");
  static final Setting<Duration> REDIS_TIMEOUT =
      declare(
          "snapper.redis.timeout",
          duration("100ms", "1m"),
          "3s",
          "How long an answer of Redis is awaited; less than the node's lease.");
  static final Setting<Integer> REDIS_CONNECTIONS =
      declare(
          "snapper.redis.connections",
          integer(1, 1024),
          "8",
          "How many connections a node holds to each Redis master.");

  static final Setting<List<Secret>> TOKEN_SECRETS =
      declareSecret(
          "snapper.token.secrets",
          secrets(),
          "What signs the tokens of consumers and TCP producers: the first one signs, all verify."
              + " Not given: one is made in the data directory.");
  static final Setting<Duration> TOKEN_CLOCK_SKEW =
      declare(
          "snapper.token.clock-skew",
          duration("0s", "5m"),
          "0s",
          "How long after its end, or before its begin, a token is still taken.");

  static final Setting<Integer> HTTP_PORT =
      declare(
          "snapper.http.port",
          integer(0, 65_535),
          "8080",
          "The HTTP port that the start banner names; the application server opens it.");
  static final Setting<String> HTTP_ISSUER =
      declare(
          "snapper.http.issuer",
          text(256),
          "snapper",
          "The issuer that tokens of the HTTP API must name.");
  static final Setting<Optional<String>> HTTP_PUBLIC_KEY =
      declare(
          "snapper.http.public-key",
          optional(new SettingType<>(PEM_RULE, text -> text)),
          "",
          "The key that verifies tokens of the HTTP API. Neither key given: a pair is made in the"
              + " data directory.");
  static final Setting<Optional<Secret>> HTTP_PRIVATE_KEY =
      declareSecret(
          "snapper.http.private-key",
          optional(secret(PEM_RULE)),
          "The key that signs tokens of the HTTP API (RSA of 2048 bits or more, or P-256);"
              + " needed only where tokens are made.");
  static final Setting<Integer> API_BATCH_LIMIT =
      declare(
          "snapper.api.batch-limit",
          integer(1, 100_000),
          "1000",
          "The most entries in one HTTP call.");
  static final Setting<DataSize> API_BODY_LIMIT =
      declare("snapper.api.body-limit", size("1KiB", "1GiB"), "16MiB", "The longest HTTP request.");

  static final Setting<Boolean> PRODUCER_ENABLED =
      declare("snapper.producer.enabled", flag(), "true", "Whether producers may come by TCP.");
  static final Setting<String> PRODUCER_HOST =
      declare(
          "snapper.producer.host",
          text(255),
          "0.0.0.0",
          "The address on which TCP producers are awaited.");
  static final Setting<Integer> PRODUCER_PORT =
      declare(
          "snapper.producer.port",
          integer(0, 65_535),
          "7700",
          "The port of TCP producers; 0: any free one.");
  static final Setting<Duration> PRODUCER_AUTH_TIMEOUT =
      declare(
          "snapper.producer.auth.timeout",
          duration("100ms", "5m"),
          "10s",
          "How long a new TCP connection may take to authenticate.");
  static final Setting<DataSize> PRODUCER_AUTH_FRAME_LIMIT =
      declare(
          "snapper.producer.auth.frame-limit",
          size("1KiB", "1MiB"),
          "8KiB",
          "The longest frame before authentication.");
  static final Setting<DataSize> PRODUCER_FRAME_LIMIT =
      declare(
          "snapper.producer.frame-limit",
          size("1KiB", "512MiB"),
          "16MiB",
          "The longest frame after authentication.");
  static final Setting<DataSize> PRODUCER_HELD_LIMIT =
      declare(
          "snapper.producer.held-limit",
          size("1KiB", "1GiB"),
          "16MiB",
          "How much of a TCP connection may be taken in and not yet stored; beyond it the"
              + " connection is not read.");

  static final Setting<DataSize> PUBLISH_HELD_LIMIT =
      declare(
          "snapper.publish.held-limit",
          size("1KiB", "1GiB"),
          "64MiB",
          "How much a node may have taken in from all producers and not yet stored.");
  static final Setting<DataSize> MESSAGE_LIMIT =
      declare(
          "snapper.message.limit",
          size("1B", "64MiB"),
          "1MiB",
          "The longest message, in bytes of UTF-8.");
  static final Setting<Duration> IDEMPOTENCY_LIFE =
      declare(
          "snapper.idempotency.life",
          duration("1s", "30d"),
          "24h",
          "How long a retry with the same Idempotency-Key is recognised.");

  static final Setting<Duration> PUBLISH_PRODUCER_LIFE =
      declare(
          "snapper.publish.producer-life",
          duration("1s", "30d"),
          "24h",
          "How long after its last publication to a room the number of a TCP producer is known"
              + " there.");

  static final Setting<Duration> CONSUMER_PING_INTERVAL =
      declare(
          "snapper.consumer.ping-interval",
          duration("100ms", "10m"),
          "25s",
          "How often a connection shows that it is alive.");
  static final Setting<Duration> CONSUMER_PING_TIMEOUT =
      declare(
          "snapper.consumer.ping-timeout",
          duration("100ms", "10m"),
          "60s",
          "How long after the interval a silent connection is closed.");
  static final Setting<DataSize> CONSUMER_FRAME_LIMIT =
      declare(
          "snapper.consumer.frame-limit",
          size("1KiB", "64MiB"),
          "1MiB",
          "The longest frame or polling payload from a consumer.");
  static final Setting<Set<String>> CONSUMER_ORIGINS =
      declare(
          "snapper.consumer.origins",
          origins(),
          "*",
          "The web pages that may connect; authority comes from the token, not from here.");
  static final Setting<Set<Transport>> CONSUMER_TRANSPORTS =
      declare(
          "snapper.consumer.transports",
          choices(Transport.class),
          "polling,websocket",
          "How consumers may connect.");
  static final Setting<DataSize> CONSUMER_POLLING_HELD_LIMIT =
      declare(
          "snapper.consumer.polling.held-limit",
          size("1KiB", "64MiB"),
          "1MiB",
          "How much output may wait for the next poll of a session.");
  static final Setting<Integer> CONSUMER_ROOMS_LIMIT =
      declare(
          "snapper.consumer.rooms-limit",
          integer(1, 1_000_000),
          "1000",
          "In how many rooms one consumer may be.");

  static final Setting<Integer> ADMISSION_CONCURRENCY =
      declare(
          "snapper.admission.concurrency",
          integer(1, 100_000),
          "256",
          "How many consumers' connections a node opens at once; the others wait in order.");
  static final Setting<Integer> ADMISSION_QUEUE =
      declare(
          "snapper.admission.queue",
          integer(0, 1_000_000),
          "20000",
          "How many connections may wait to be opened on a node; further ones are refused.");

  static final Setting<Integer> ROOM_LOG_LENGTH =
      declare(
          "snapper.room.log.length",
          integer(1, 1_000_000),
          "1024",
          "How many messages a room keeps at least.");
  static final Setting<Duration> ROOM_LOG_BURST_TIME =
      declare(
          "snapper.room.log.burst-time",
          duration("0s", "24h"),
          "1m",
          "Younger messages are kept beyond that length.");
  static final Setting<Integer> ROOM_LOG_BURST_LENGTH =
      declare(
          "snapper.room.log.burst-length",
          integer(1, 10_000_000),
          "65536",
          "But no room keeps more messages than this, or than its length if that is more.");
  static final Setting<Duration> ROOM_LOG_LIFE =
      declare(
          "snapper.room.log.life",
          duration("1s", "365d"),
          "24h",
          "How long after its last message a room's log is kept.");
  static final Setting<Duration> MAILBOX_LIFE =
      declare(
          "snapper.mailbox.life",
          duration("1s", "365d"),
          "24h",
          "How long a consumer may be away and still continue where it was.");
  static final Setting<Duration> MAILBOX_WEAKENED_LIFE =
      declare(
          "snapper.mailbox.weakened-life",
          duration("1s", "365d"),
          "5m",
          "The same for a consumer whose user has logged in anew on the device.");

  static final Setting<Integer> DELIVERY_LANES =
      declare(
          "snapper.delivery.lanes",
          integer(0, DeliverySettings.MAX_LANES),
          "0",
          "How many threads deliver; 0: the number of cores, at most "
              + DeliverySettings.MAX_LANES
              + ".");
  static final Setting<Integer> DELIVERY_BATCH_MESSAGES =
      declare(
          "snapper.delivery.batch.messages",
          integer(1, 50),
          "50",
          "The most messages in one delivery; the protocol ends at 50.");
  static final Setting<DataSize> DELIVERY_BATCH_BYTES =
      declare(
          "snapper.delivery.batch.bytes",
          size("1KiB", "16MiB"),
          "64KiB",
          "The size at which a delivery takes no further message.");
  static final Setting<DataSize> DELIVERY_IN_FLIGHT_LIMIT =
      declare(
          "snapper.delivery.in-flight-limit",
          size("1KiB", "1GiB"),
          "64MiB",
          "From how much that a node has sent and that is not acknowledged on a delivery takes a"
              + " sixteenth of that size only.");
  static final Setting<Duration> DELIVERY_ACKNOWLEDGEMENT_TIMEOUT =
      declare(
          "snapper.delivery.acknowledgement.timeout",
          duration("100ms", "1h"),
          "60s",
          "How long an acknowledgement is awaited before the delivery is sent again.");
  static final Setting<Duration> DELIVERY_CURSOR_INTERVAL =
      declare(
          "snapper.delivery.cursor.interval",
          duration("1ms", "10s"),
          "100ms",
          "How often acknowledged positions are written to Redis.");
  static final Setting<Boolean> DELIVERY_STRICT =
      declare(
          "snapper.delivery.strict",
          flag(),
          "false",
          "Whether each delivery is recorded before it goes out, so that even a killed node"
              + " repeats none; costs one write to Redis per delivery.");
  static final Setting<Integer> DELIVERY_TAIL_MESSAGES =
      declare(
          "snapper.delivery.tail.messages",
          integer(1, 100_000),
          "256",
          "How many recent messages of a room a node keeps in memory.");
  static final Setting<DataSize> DELIVERY_TAIL_BYTES =
      declare(
          "snapper.delivery.tail.bytes",
          size("1KiB", "64MiB"),
          "256KiB",
          "The same in bytes; whichever limit comes first.");

  static final Setting<Boolean> PRESENCE_EVENTS =
      declare(
          "snapper.presence.events",
          flag(),
          "false",
          "Whether observers in the server are told when users come online and go; the same on all"
              + " nodes. While nobody observes it, it only costs calls to Redis.");

  static final Setting<Integer> DRAIN_RATE =
      declare(
          "snapper.drain.rate",
          integer(1, 1_000_000),
          "2000",
          "How many consumers per second a node releases that goes out of service; more, if the"
              + " limit would not suffice.");

  static final Setting<Duration> DRAIN_LIMIT =
      declare(
          "snapper.drain.limit",
          duration("1s", "1h"),
          "20s",
          "How long a node may take to go out of service, also when it is stopped.");

  static final Setting<Boolean> DEMO_ENABLED =
      declare(
          "snapper.demo.enabled",
          flag(),
          "false",
          "Whether the demo page's back end runs; it gives a token to whoever asks.");

  private Settings() {}

  /** Returns every declared setting, in the order of the documentation. */
  public static List<Setting<?>> all() {
    return Collections.unmodifiableList(DECLARED);
  }

  private static <T> Setting<T> declare(
      String key, SettingType<T> type, String defaultText, String description) {
    return add(new Setting<>(key, type, defaultText, false, description));
  }

  private static <T> Setting<T> declareSecret(String key, SettingType<T> type, String description) {
    return add(new Setting<>(key, type, "", true, description));
  }

  private static <T> Setting<T> add(Setting<T> setting) {
    DECLARED.add(setting);
    return setting;
  }
}
