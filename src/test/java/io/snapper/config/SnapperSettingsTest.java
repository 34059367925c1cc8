package io.snapper.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.snapper.core.room.RoomInterests;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnapperSettingsTest {
  private static final SnapperSettings DEFAULTS = SnapperSettings.of(Map.of());

  @Test
  void shouldPinTheDefaultsOfNodeAndRedis() {
    assertThat(DEFAULTS.dataDirectory())
        .isEqualTo(Path.of(System.getProperty("user.home"), ".snapper"));
    assertThat(DEFAULTS.node())
        .isEqualTo(
            new NodeSettings(
                "snapper", Optional.empty(), Duration.ofSeconds(1), Duration.ofSeconds(5)));
    assertThat(DEFAULTS.redis())
        .isEqualTo(
            new RedisSettings(
                List.of(URI.create("redis://127.0.0.1:6379")),
                RedisMode.AUTO,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "snp",
                256,
                Duration.ofSeconds(3),
                8));
    assertThat(DEFAULTS.redis().resolvedMode()).isEqualTo(RedisMode.SINGLE);
    assertThat(DEFAULTS.presenceEvents()).isFalse();
    assertThat(DEFAULTS.demoEnabled()).isFalse();
  }

  @Test
  void shouldPinTheDefaultsOfTheEdges() {
    assertThat(DEFAULTS.token()).isEqualTo(new TokenSettings(List.of(), Duration.ZERO));
    assertThat(DEFAULTS.http())
        .isEqualTo(
            new HttpSettings(
                8080, "snapper", Optional.empty(), Optional.empty(), 1000, mebibytes(16)));
    assertThat(DEFAULTS.producer())
        .isEqualTo(
            new ProducerSettings(
                true,
                "0.0.0.0",
                7700,
                Duration.ofSeconds(10),
                kibibytes(8),
                mebibytes(16),
                mebibytes(16)));
    assertThat(DEFAULTS.consumer())
        .isEqualTo(
            new ConsumerSettings(
                Duration.ofSeconds(25),
                Duration.ofSeconds(60),
                mebibytes(1),
                Set.of("*"),
                Set.of(Transport.POLLING, Transport.WEBSOCKET),
                mebibytes(1),
                1000));
    assertThat(DEFAULTS.admission()).isEqualTo(new AdmissionSettings(256, 20_000));
  }

  @Test
  void shouldPinTheDefaultsOfTheEngine() {
    assertThat(DEFAULTS.publish())
        .isEqualTo(
            new PublishSettings(
                mebibytes(1), mebibytes(64), Duration.ofHours(24), Duration.ofHours(24)));
    assertThat(DEFAULTS.retention())
        .isEqualTo(
            new RetentionSettings(
                1024,
                Duration.ofMinutes(1),
                65_536,
                Duration.ofHours(24),
                Duration.ofHours(24),
                Duration.ofMinutes(5)));
    assertThat(DEFAULTS.delivery())
        .isEqualTo(
            new DeliverySettings(
                0,
                50,
                kibibytes(64),
                mebibytes(64),
                Duration.ofSeconds(60),
                Duration.ofMillis(100),
                false,
                256,
                kibibytes(256)));
    assertThat(DEFAULTS.drain()).isEqualTo(new DrainSettings(2000, Duration.ofSeconds(20)));
  }

  @Test
  void shouldHaveALaneForEachCoreAsFarAsThereMayBeSoMany() {
    assertThat(DEFAULTS.delivery().laneCount(8)).isEqualTo(8);
    assertThat(DEFAULTS.delivery().laneCount(200)).isEqualTo(RoomInterests.MAX_LANES);
  }

  @Test
  void shouldTakeAsManyLanesAsANodeCanHaveAndNoMore() {
    String most = Integer.toString(RoomInterests.MAX_LANES);
    String more = Integer.toString(RoomInterests.MAX_LANES + 1);

    assertThat(SnapperSettings.of(Map.of("snapper.delivery.lanes", most)).delivery().laneCount(2))
        .isEqualTo(RoomInterests.MAX_LANES);
    assertThat(refusalOf(Map.of("snapper.delivery.lanes", more)).faults()).hasSize(1);
  }

  @Test
  void shouldReadEveryKindOfValue() {
    SnapperSettings settings =
        SnapperSettings.of(
            Map.of(
                "snapper.redis.address", "rediss://one.example:7000, rediss://two.example",
                "snapper.redis.mode", "Cluster",
                "snapper.node.heartbeat", "PT0.5S",
                "snapper.producer.frame-limit", "32 MiB",
                "snapper.consumer.transports", "websocket",
                "snapper.consumer.origins", "https://App.example.org, http://localhost:8080",
                "snapper.token.secrets", "one, two\\,three ,four",
                "snapper.delivery.strict", "TRUE",
                "snapper.data.dir", "relative"));

    assertThat(settings.redis().addresses())
        .containsExactly(
            URI.create("rediss://one.example:7000"), URI.create("rediss://two.example:6379"));
    assertThat(settings.redis().resolvedMode()).isEqualTo(RedisMode.CLUSTER);
    assertThat(settings.node().heartbeat()).isEqualTo(Duration.ofMillis(500));
    assertThat(settings.producer().frameLimit()).isEqualTo(mebibytes(32));
    assertThat(settings.consumer().transports()).containsExactly(Transport.WEBSOCKET);
    assertThat(settings.consumer().allowsOrigin("https://app.example.org")).isTrue();
    assertThat(settings.consumer().allowsOrigin("http://localhost:8080")).isTrue();
    assertThat(settings.consumer().allowsOrigin("https://evil.example.org")).isFalse();
    assertThat(settings.consumer().allowsOrigin("null")).isFalse();
    assertThat(settings.consumer().allowsOrigin(null)).isTrue();
    assertThat(settings.token().secrets())
        .containsExactly(new Secret("one"), new Secret("two,three"), new Secret("four"));
    assertThat(settings.delivery().strict()).isTrue();
    assertThat(settings.dataDirectory()).isAbsolute();
  }

  @Test
  void shouldFindTheLayoutOfRedisFromTheOtherSettings() {
    assertThat(redis("embedded").isEmbedded()).isTrue();
    assertThat(redis("embedded").resolvedMode()).isEqualTo(RedisMode.SINGLE);
    assertThat(redis("redis://a:1,redis://b:1").resolvedMode()).isEqualTo(RedisMode.CLUSTER);
    assertThat(
            SnapperSettings.of(
                    Map.of(
                        "snapper.redis.address", "redis://a:26379,redis://b:26379",
                        "snapper.redis.sentinel.master", "main"))
                .redis()
                .resolvedMode())
        .isEqualTo(RedisMode.SENTINEL);
  }

  @Test
  void shouldTakeAnEmptyValueAsNotGiven() {
    assertThat(SnapperSettings.of(Map.of("snapper.redis.prefix", " ", "snapper.http.port", "")))
        .isEqualTo(DEFAULTS);
  }

  @Test
  void shouldListAllFaultsAtOnce() {
    ConfigurationException refusal =
        refusalOf(
            Map.of(
                "snapper.node.lease", "soon",
                "snapper.redis.partitions", "100",
                "snapper.redis.adress", "redis://elsewhere",
                "snapper.mailbox.weakened-life", "25h",
                "snapper.producer.port", "70000"));

    assertThat(refusal.faults())
        .containsExactlyInAnyOrder(
            "snapper.node.lease = soon: must be a duration (100ms, 5s, 24h, PT5S), 500ms to 5m",
            "snapper.redis.partitions = 100: must be a power of two, 1 to 4096",
            "snapper.producer.port = 70000: must be a number, 0 to 65535",
            "snapper.mailbox.weakened-life = 25h, snapper.mailbox.life = 24h: a weakened mailbox"
                + " must not live longer than another one",
            "snapper.redis.adress is no setting; did you mean snapper.redis.address?");
    assertThat(refusal).hasMessageStartingWith("5 faults in the settings:\n  - ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "snapper.node.lease=2s | snapper.node.lease = 2s, snapper.node.heartbeat = 1s: the lease",
        "snapper.redis.timeout=5s | snapper.node.lease = 5s, snapper.redis.timeout = 5s: the lease",
        "snapper.redis.mode=sentinel | snapper.redis.mode = sentinel, snapper.redis.sentinel.master"
            + " = (not set): the mode",
        "snapper.redis.mode=single;snapper.redis.address=redis://a,redis://b |"
            + " snapper.redis.address = redis://a,redis://b, snapper.redis.mode = single: the mode"
            + " single",
        "snapper.redis.mode=cluster;snapper.redis.address=embedded | snapper.redis.address ="
            + " embedded, snapper.redis.mode = cluster: the embedded",
        "snapper.redis.address=redis://a,rediss://b | snapper.redis.address = redis://a,rediss://b:"
            + " redis:// and",
        "snapper.redis.username=joe | snapper.redis.username = joe, snapper.redis.password = (not",
        "snapper.message.limit=17MiB | snapper.api.body-limit = 16MiB, snapper.message.limit =",
        "snapper.message.limit=17MiB | snapper.producer.frame-limit = 16MiB, snapper.message.limit",
        "snapper.producer.held-limit=65MiB | snapper.publish.held-limit = 64MiB, snapper.producer",
      })
  void shouldRefuseSettingsThatContradictEachOther(String given, String fault) {
    Map<String, String> values = new HashMap<>();
    for (String pair : given.split(";")) {
      values.put(pair.split("=")[0], pair.split("=")[1]);
    }

    assertThat(refusalOf(values).faults()).anyMatch(text -> text.startsWith(fault));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "snapper.redis.address | localhost:6379",
        "snapper.redis.address | http://localhost",
        "snapper.redis.address | redis://",
        "snapper.redis.address | redis://a:1,embedded",
        "snapper.redis.address | redis://a:1,",
        "snapper.redis.address | redis://a:1/3",
        "snapper.redis.prefix | a:b",
        "snapper.redis.mode | sharded",
        "snapper.consumer.transports | polling,carrier pigeon",
        "snapper.consumer.origins | example.org",
        "snapper.consumer.origins | https://example.org/path",
        "snapper.consumer.ping-interval | 25",
        "snapper.consumer.ping-interval | -25s",
        "snapper.consumer.frame-limit | 1MB",
        "snapper.consumer.frame-limit | 99999999999999999GiB",
        "snapper.delivery.batch.messages | 51",
        "snapper.delivery.strict | yes",
        "snapper.token.secrets | one,,two",
      })
  void shouldRefuseValuesThatBreakTheirRule(String key, String value) {
    assertThat(refusalOf(Map.of(key, value)).faults())
        .singleElement()
        .satisfies(fault -> assertThat(fault).startsWith(key + " = ").contains(": must be "));
  }

  @Test
  void shouldNeverShowASecret() {
    Map<String, String> values =
        Map.of(
            "snapper.token.secrets", "hush,,hush",
            "snapper.redis.address", "redis://joe:hush@localhost:6379",
            "snapper.redis.username", "joe");

    assertThat(refusalOf(values).getMessage()).contains("(hidden)").doesNotContain("hush");
    assertThat(SnapperSettings.of(Map.of("snapper.token.secrets", "hush")).toString())
        .doesNotContain("hush");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://:hush@redis:6379",
        "redis://:hu/sh@redis:6379",
        "redis://:hu,sh@redis:6379",
        "redis://:hu@sh@redis:6379",
        "redis://:hu//sh@redis:6379",
        "joe:hush@redis:6379",
        "hush@redis:6379",
        "redis://a:1,redis://joe:hush@b:1,redis://:hu/sh@redis:6379",
      })
  void shouldNeverShowThePasswordOfAnAddress(String address) {
    assertThat(refusalOf(Map.of("snapper.redis.address", address)).faults())
        .singleElement()
        .asString()
        .startsWith("snapper.redis.address = (hidden)@redis:6379: must be ");
  }

  @Test
  void shouldShowAnAddressWithoutPassword() {
    assertThat(refusalOf(Map.of("snapper.redis.address", "http://redis:6379")).faults())
        .singleElement()
        .asString()
        .startsWith("snapper.redis.address = http://redis:6379: must be ");
  }

  private static RedisSettings redis(String address) {
    return SnapperSettings.of(Map.of("snapper.redis.address", address)).redis();
  }

  private static ConfigurationException refusalOf(Map<String, String> values) {
    return catchThrowableOfType(ConfigurationException.class, () -> SnapperSettings.of(values));
  }

  private static DataSize kibibytes(int amount) {
    return new DataSize(amount * 1024L);
  }

  private static DataSize mebibytes(int amount) {
    return kibibytes(amount * 1024);
  }
}
