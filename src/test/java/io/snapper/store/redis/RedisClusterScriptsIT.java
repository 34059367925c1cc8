package io.snapper.store.redis;

import io.snapper.store.comparison.Comparison;
import io.snapper.store.comparison.Naming;
import io.snapper.store.comparison.Step;
import io.snapper.store.comparison.Steps;
import io.snapper.testing.store.RedisClusterProcesses;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The scripts on a Redis Cluster of three masters, over which the partitions are spread. */
class RedisClusterScriptsIT extends ScriptProperties {
  private static RedisClusterProcesses cluster;
  private static ComparedRedis redis;

  @BeforeContainer
  static void start() {
    cluster = RedisClusterProcesses.start();
    redis =
        new ComparedRedis(
            RedisStoreOptions.cluster(cluster.addresses()).withPassword(cluster.password()),
            List.of(cluster.master(0), cluster.master(1), cluster.master(2)),
            cluster::moveSlot);
  }

  @AfterContainer
  static void stop() {
    redis.close();
    cluster.close();
  }

  @Override
  ComparedRedis redis() {
    return redis;
  }

  @Property(tries = 3, generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE)
  void shouldGoOnAfterAPartitionHasMoved(
      @ForAll("namings") Naming naming, @ForAll("sequencesWithAMove") List<Step> steps) {
    Comparison.run(naming, steps, redis);
  }

  @Provide
  Arbitrary<List<Step>> sequencesWithAMove() {
    return Steps.sequencesWithAMove();
  }
}
