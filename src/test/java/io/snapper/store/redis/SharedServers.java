package io.snapper.store.redis;

import io.snapper.testing.store.RedisClusterProcesses;
import io.snapper.testing.store.RedisProcess;

/** One Redis and one cluster for all tests that leave them whole; they end with this process. */
final class SharedServers {
  private static RedisProcess single;
  private static RedisClusterProcesses cluster;

  private SharedServers() {}

  static synchronized RedisProcess single() {
    if (single == null) {
      single = RedisProcess.start();
      Runtime.getRuntime().addShutdownHook(new Thread(single::close));
    }
    return single;
  }

  static synchronized RedisClusterProcesses cluster() {
    if (cluster == null) {
      cluster = RedisClusterProcesses.start();
      Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
    }
    return cluster;
  }

  static RedisStoreOptions singleOptions() {
    return RedisStoreOptions.single(single().address()).withPassword(single().password());
  }

  static RedisStoreOptions clusterOptions() {
    return RedisStoreOptions.cluster(cluster().addresses()).withPassword(cluster().password());
  }
}
