package io.snapper.config;

/** How Redis is laid out. */
public enum RedisMode {
  /** To be found from the other settings. */
  AUTO,
  /** One server. */
  SINGLE,
  /** A Redis Cluster. */
  CLUSTER,
  /** A master and replicas, watched by sentinels; the addresses are the sentinels'. */
  SENTINEL
}
