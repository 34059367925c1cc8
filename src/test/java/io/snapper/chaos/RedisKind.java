package io.snapper.chaos;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the nodes share. */
enum RedisKind {
  /** Writes its file out once a second: the default. */
  SINGLE {
    @Override
    RedisSystem start(Path directory) {
      return new SingleRedis("everysec", World.NODES);
    }
  },
  /** Writes its file out before it answers. */
  SINGLE_ALWAYS {
    @Override
    RedisSystem start(Path directory) {
      return new SingleRedis("always", World.NODES);
    }

    /** The nodes' faults are the same as with the other one. */
    @Override
    List<Fault> faults(RedisSystem redis) {
      return redis.faults();
    }
  },
  CLUSTER {
    @Override
    RedisSystem start(Path directory) {
      return new ClusterRedis();
    }
  },
  SENTINEL {
    @Override
    RedisSystem start(Path directory) {
      return new SentinelRedis(directory.resolve("sentinels"));
    }

    /**
     * A master that is silent to everybody for 3 s is still a master when it is heard again, and
     * accepts messages until a sentinel tells it that there is another one: Redis loses them. So a
     * single node is cut off instead.
     */
    @Override
    List<Fault> faults(RedisSystem redis) {
      List<Fault> faults = super.faults(redis);
      faults.remove(Faults.REDIS_STALL);
      return faults;
    }
  };

  abstract RedisSystem start(Path directory);

  /** Returns what is tried with it. */
  List<Fault> faults(RedisSystem redis) {
    List<Fault> faults = new ArrayList<>(Faults.ofAllKinds());
    faults.addAll(redis.faults());
    return faults;
  }

  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
