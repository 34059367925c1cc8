package io.snapper.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.message.NodeId;
import io.snapper.core.store.Mailboxes;
import io.snapper.core.store.NodeRegistry;
import io.snapper.core.store.PresenceLog;
import io.snapper.core.store.PushChannel;
import io.snapper.core.store.RoomLog;
import io.snapper.core.store.UserDirectory;
import io.snapper.store.comparison.ComparedStore;
import io.snapper.store.comparison.Comparison;
import io.snapper.store.comparison.Inbox;
import io.snapper.testing.store.RedisCli;
import io.snapper.testing.store.RedisProcess;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.redisson.Redisson;

/**
 * A Redis of one master or more for comparisons, which has it for itself. The nodes stay subscribed
 * from one comparison to the next.
 */
final class ComparedRedis implements ComparedStore, AutoCloseable {
  private static final String PREFIX = "cmp";
  private static final int PARTITIONS = 16;

  /** Has a number that no push has. */
  private static final String LAST_PUSH = "0\tC\tlast";

  /** Moves all ends of lives, and the times that are values: of leases and of the rooms' tops. */
  private static final String PASS_TIME =
      """
      local ms = tonumber(ARGV[1])
      for _, key in ipairs(redis.call('KEYS', '*')) do
        local left = redis.call('PTTL', key)
        if left >= 0 and left <= ms then
          redis.call('DEL', key)
        elseif left >= 0 then
          redis.call('PEXPIRE', key, left - ms)
        end
        if string.find(key, '{nodes}:leases', 1, true) then
          local leases = redis.call('ZRANGE', key, 0, -1)
          for _, node in ipairs(leases) do
            redis.call('ZINCRBY', key, -ms, node)
          end
        elseif string.find(key, '^cmp:{[^}]*}:room:') and left ~= 0 then
          local times = redis.call('HMGET', key, 'at', 'marks')
          if times[1] and times[1] ~= '0' then
            redis.call('HSET', key, 'at', string.format('%.0f', times[1] - ms))
          end
          if times[2] then
            local safe, mark, marked_at = string.match(times[2], '^(%d+) (%d+) (%d+)$')
            redis.call('HSET', key, 'marks',
              safe .. ' ' .. mark .. ' ' .. string.format('%.0f', marked_at - ms))
          end
          local fields = redis.call('HGETALL', key)
          for index = 1, #fields, 2 do
            if string.find(fields[index], '^p:') then
              local request, came_at = string.match(fields[index + 1], '^(.*) (%d+)$')
              redis.call('HSET', key, fields[index],
                request .. ' ' .. string.format('%.0f', came_at - ms))
            end
          end
        elseif string.find(key, '{nodes}:takeovers', 1, true) then
          local takeovers = redis.call('HGETALL', key)
          for index = 1, #takeovers, 2 do
            local by, ends = string.match(takeovers[index + 1], '^(%S+) (%d+)$')
            redis.call('HSET', key, takeovers[index], by .. ' ' .. string.format('%.0f', ends - ms))
          end
        end
      end
      """;

  /** How a partition's slot is moved, where that is possible. */
  interface SlotMove {
    void move(int slot, int from, int to);
  }

  private final RedisStoreOptions options;
  private final List<RedisCli> masters;
  private final SlotMove slotMove;
  private final RedisKeys keys = new RedisKeys(PREFIX, PARTITIONS);
  private final RedisStore store;
  private final Map<NodeId, Inbox> inboxes = new HashMap<>();
  private final Map<NodeId, PushChannel> channels = new HashMap<>();

  /** Connects, subscribes, and lets the servers forget all scripts: see {@link #usedScripts}. */
  ComparedRedis(RedisStoreOptions server, List<RedisProcess> masters, SlotMove slotMove) {
    this.options =
        server
            .withPrefix(PREFIX)
            .withPartitions(PARTITIONS)
            .withRetention(
                new RedisStoreOptions.Retention(
                    MAX_MESSAGES,
                    BURST_TIME,
                    BURST_MESSAGES,
                    LOG_LIFE,
                    MAILBOX_LIFE,
                    IDEMPOTENCY_LIFE,
                    IDEMPOTENCY_LIFE));
    this.masters = masters.stream().map(RedisProcess::cli).toList();
    this.slotMove = slotMove;
    this.store = RedisStore.open(options, Thread::new);
    subscribe();
    for (RedisCli master : this.masters) {
      master.call("SCRIPT", "FLUSH", "SYNC");
      // The log is trimmed by whole nodes of a stream: so that there is something to be seen of it.
      master.call("CONFIG", "SET", "stream-node-max-entries", 1);
    }
  }

  private void subscribe() {
    for (NodeId node : Comparison.SUBSCRIBED) {
      inboxes.put(node, new Inbox());
      channels.put(node, store.channel());
      Blocking.get(channels.get(node).open(node, inboxes.get(node)));
    }
  }

  @Override
  public RoomLog roomLog() {
    return store.roomLog();
  }

  @Override
  public Mailboxes mailboxes() {
    return store.mailboxes();
  }

  @Override
  public UserDirectory users() {
    return store.users();
  }

  @Override
  public PresenceLog presence() {
    return store.presence();
  }

  @Override
  public NodeRegistry newRegistry() {
    return store.nodes();
  }

  @Override
  public Inbox inbox(NodeId node) {
    return inboxes.get(node);
  }

  @Override
  public PushChannel channel(NodeId node) {
    return channels.get(node);
  }

  @Override
  public void drain() {
    for (NodeId node : Comparison.SUBSCRIBED) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        push(keys.channel(partition, node), LAST_PUSH);
      }
      Inbox inbox = inboxes.get(node);
      Awaitility.await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .until(() -> inbox.partitionsWith(0) == PARTITIONS);
      inbox.clear();
    }
  }

  private void push(String channel, String text) {
    masters.stream()
        .filter(master -> holds(master, channel))
        .forEach(master -> master.call("SPUBLISH", channel, text));
  }

  @Override
  public int partitions() {
    return PARTITIONS;
  }

  @Override
  public int partitionOf(String name) {
    return HashSlots.crc16(name) % PARTITIONS;
  }

  @Override
  public void clear() {
    masters.forEach(master -> master.call("FLUSHALL", "SYNC"));
  }

  @Override
  public void passTime(Duration duration) {
    masters.forEach(master -> master.call("EVAL", PASS_TIME, 0, duration.toMillis()));
  }

  @Override
  public void awaitClockAfter(long ms) {
    for (RedisCli master : masters) {
      long beforeMs = Math.max(ms, timeMs(master));
      Awaitility.await()
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .until(() -> timeMs(master) > beforeMs);
    }
  }

  private static long timeMs(RedisCli master) {
    List<?> time = (List<?>) master.call("TIME");
    return Long.parseLong((String) time.get(0)) * 1000
        + Long.parseLong((String) time.get(1)) / 1000;
  }

  @Override
  public void movePartition(int partition) {
    String channel = keys.channel(partition, Comparison.SUBSCRIBED.get(0));
    int slot = HashSlots.slotOf(RedisKeys.tagOf(partition, PARTITIONS));
    int from = 0;
    while (!holds(masters.get(from), channel)) {
      from++;
    }
    int to = (from + 1) % masters.size();
    slotMove.move(slot, from, to);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                Comparison.SUBSCRIBED.stream()
                    .allMatch(node -> holds(masters.get(to), keys.channel(partition, node))));
    Awaitility.await()
        .until(
            () ->
                channels.values().stream()
                    .allMatch(subscribed -> subscribed.silentPartitions() == 0));
  }

  private static boolean holds(RedisCli master, String channel) {
    return !((List<?>) master.call("PUBSUB", "SHARDCHANNELS", channel)).isEmpty();
  }

  @Override
  public Set<String> keys() {
    return masters.stream()
        .flatMap(master -> ((List<?>) master.call("KEYS", "*")).stream())
        .map(String.class::cast)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The nodes that watch each room are those whose lists name the room. */
  @Override
  public void checkConsistency() {
    Set<String> watchers = members(":nodes:", "HKEYS", (room, node) -> node + " " + room);
    Set<String> watched = members(":rooms:", "SMEMBERS", (node, room) -> node + " " + room);
    assertThat(watched).as("nodes and the rooms on their lists").isEqualTo(watchers);
  }

  /** Returns what the keys of a kind hold, each with the name that its key ends in. */
  private Set<String> members(String kind, String command, BinaryOperator<String> joined) {
    Set<String> members = new TreeSet<>();
    for (RedisCli master : masters) {
      for (Object key : (List<?>) master.call("KEYS", PREFIX + ":{[0-9]*}" + kind + "*")) {
        String name = ((String) key).substring(((String) key).indexOf(kind) + kind.length());
        for (Object member : (List<?>) master.call(command, key)) {
          members.add(joined.apply(name, (String) member));
        }
      }
    }
    return members;
  }

  /** Checks the number of partitions as a starting node does, without loading the scripts. */
  void checkFormat(int partitions) {
    ExecutorService listeners = Executors.newFixedThreadPool(1);
    Redisson redisson = RedisConnector.connect(options, Thread::new, listeners);
    try {
      ScriptRunner scripts = new ScriptRunner();
      scripts.connect(redisson);
      ServerCheck.check(scripts, new RedisKeys(PREFIX, partitions));
    } finally {
      redisson.shutdown();
      listeners.shutdown();
    }
  }

  /** Returns the scripts that have run since this was made, on any server. */
  Set<LuaScript> usedScripts() {
    return Stream.of(LuaScript.values())
        .filter(script -> masters.stream().anyMatch(master -> knows(master, script)))
        .collect(Collectors.toSet());
  }

  private static boolean knows(RedisCli master, LuaScript script) {
    return ((List<?>) master.call("SCRIPT", "EXISTS", script.digest())).contains(1L);
  }

  @Override
  public void close() {
    channels.values().forEach(PushChannel::close);
    store.close();
    masters.forEach(RedisCli::close);
  }
}
