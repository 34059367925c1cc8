package io.snapper.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The names of keys and the partitions behind them. */
class RedisKeysTest {
  private static final RedisKeys KEYS = new RedisKeys("snp", 256);

  @Example
  void shouldComputeTheChecksumOfRedisCluster() {
    // The vector of the cluster specification.
    assertThat(HashSlots.crc16("123456789")).isEqualTo(0x31C3);
    assertThat(HashSlots.slotOf("foo")).isEqualTo(12182);
  }

  @Property(tries = 13)
  void shouldSpreadThePartitionsEvenlyOverTheSlots(@ForAll @IntRange(max = 12) int exponent) {
    int partitions = 1 << exponent;
    int slotsEach = HashSlots.COUNT / partitions;
    Set<String> tags = new HashSet<>();

    for (int partition = 0; partition < partitions; partition++) {
      String tag = RedisKeys.tagOf(partition, partitions);
      assertThat(HashSlots.slotOf(tag) / slotsEach).isEqualTo(partition);
      tags.add(tag);
    }

    assertThat(tags).hasSize(partitions);
  }

  @Property
  void shouldPutAllKeysOfANameUnderOneTag(@ForAll("names") String name) {
    RedisKeys keys = KEYS;
    RoomName room = new RoomName(name);
    int partition = keys.partitionOf(room);
    String start = "snp:{" + RedisKeys.tagOf(partition, 256) + "}:";

    assertThat(keys.partitionOf(new ConsumerId(name))).isEqualTo(partition);
    assertThat(
            Set.of(
                keys.log(room),
                keys.room(room),
                keys.watchers(room),
                keys.idempotency(room, "key"),
                keys.consumer(new ConsumerId(name)),
                keys.sequences(partition),
                keys.channel(partition, new NodeId("n"))))
        .hasSize(7)
        .allMatch(key -> key.startsWith(start));
  }

  @Property
  void shouldSpreadNamesOverThePartitions(@ForAll @IntRange(max = 1000) int seed) {
    RedisKeys keys = new RedisKeys("snp", 16);
    int[] counts = new int[16];

    for (int index = 0; index < 1600; index++) {
      counts[keys.partitionOf(new RoomName("room " + seed + "/" + index))]++;
    }

    assertThat(Arrays.stream(counts)).allMatch(count -> count > 30 && count < 300);
  }

  @Example
  void shouldRefuseAPrefixOrANumberThatWouldBreakTheNames() {
    assertThatThrownBy(() -> new RedisKeys("a{b}", 256)).hasMessageContaining("a{b}");
    assertThatThrownBy(() -> new RedisKeys("", 256)).hasMessageContaining("prefix");
    assertThatThrownBy(() -> new RedisKeys("snp", 100)).hasMessageContaining("100");
    assertThatThrownBy(() -> new RedisKeys("snp", 8192)).hasMessageContaining("8192");
    assertThatThrownBy(() -> new RedisKeys("snp", 0)).hasMessageContaining("0");
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings()
        .withChars("ab:{}.-@/ é€😀")
        .ofMinLength(1)
        .ofMaxLength(40)
        .filter(name -> isWellFormed(name));
  }

  private static boolean isWellFormed(String name) {
    return name.codePoints().noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
  }
}
