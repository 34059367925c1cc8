package io.snapper.store.redis;

import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import io.snapper.core.message.UserId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The names of all keys and channels, and the partitions that they fall into.
 *
 * <p>A key is {@code <prefix>:{<tag>}:<kind>:<name>}. The tag decides the hash slot, so everything
 * of one partition lies on one server, and one script can touch it all. Partition i's tag is the
 * first of {@code i.0, i.1, i.2…} whose slot lies in the i-th P-th of the slots: so the partitions
 * are spread evenly over a cluster however few they are.
 */
final class RedisKeys {
  private static final Pattern PREFIX_RULE = Pattern.compile("[A-Za-z0-9._-]{1,32}");
  private static final int MAX_PARTITIONS = 4096;
  private static final String NODES_TAG = "nodes";
  private static final int DIGEST_BYTES = 16;
  private static final int NOTES_PER_NODE = 4;

  private final String[] starts;
  private final String nodesStart;

  /**
   * Creates the names.
   *
   * @param prefix 1 to 32 of {@code A-Z a-z 0-9 . _ -}
   * @param partitions P, a power of two, 1 to 4096
   */
  RedisKeys(String prefix, int partitions) {
    if (!PREFIX_RULE.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "key prefix '" + prefix + "' must be 1 to 32 of A-Z, a-z, 0-9, '.', '_' and '-'");
    }
    if (partitions < 1 || partitions > MAX_PARTITIONS || Integer.bitCount(partitions) != 1) {
      throw new IllegalArgumentException(
          "the number of partitions, "
              + partitions
              + ", must be a power of two from 1 to "
              + MAX_PARTITIONS);
    }
    starts = new String[partitions];
    for (int partition = 0; partition < partitions; partition++) {
      starts[partition] = prefix + ":{" + tagOf(partition, partitions) + "}:";
    }
    nodesStart = prefix + ":{" + NODES_TAG + "}:";
  }

  /** Returns the hash tag of a partition. */
  static String tagOf(int partition, int partitions) {
    int slotsEach = HashSlots.COUNT / partitions;
    for (int attempt = 0; ; attempt++) {
      String tag = partition + "." + attempt;
      if (HashSlots.slotOf(tag) / slotsEach == partition) {
        return tag;
      }
    }
  }

  int partitions() {
    return starts.length;
  }

  int partitionOf(RoomName room) {
    return partitionOf(room.value());
  }

  int partitionOf(ConsumerId consumer) {
    return partitionOf(consumer.value());
  }

  int partitionOf(UserId user) {
    return partitionOf(user.value());
  }

  private int partitionOf(String name) {
    return HashSlots.crc16(name) % starts.length;
  }

  String log(RoomName room) {
    return of(room) + "log:" + room;
  }

  String room(RoomName room) {
    return roomPrefix(partitionOf(room)) + room;
  }

  String roomPrefix(int partition) {
    return starts[partition] + "room:";
  }

  /** Returns the hash of the nodes that watch a room. */
  String watchers(RoomName room) {
    return watchersPrefix(partitionOf(room)) + room;
  }

  String watchersPrefix(int partition) {
    return starts[partition] + "nodes:";
  }

  /** Returns the set of the rooms of one partition that a node watches. */
  String watchedRooms(int partition, NodeId node) {
    return watchedRoomsPrefix(partition) + node;
  }

  String watchedRoomsPrefix(int partition) {
    return starts[partition] + "rooms:";
  }

  String sequences(int partition) {
    return starts[partition] + "seq";
  }

  /**
   * Returns the key of a caller's idempotency key. A digest stands for it: it may be long, and may
   * hold a colon, as a room's name may.
   */
  String idempotency(RoomName room, String key) {
    return of(room) + "idem:" + digest(key) + ":" + room;
  }

  /** Returns the key of what a producer that numbers its requests has stored in a room. */
  String producer(RoomName room, String producer) {
    return of(room) + "from:" + digest(producer) + ":" + room;
  }

  String consumer(ConsumerId consumer) {
    return consumerPrefix(partitionOf(consumer)) + consumer;
  }

  String consumerPrefix(int partition) {
    return starts[partition] + "consumer:";
  }

  /** Returns the set of the consumers of one partition that a node owns. */
  String owned(int partition, NodeId node) {
    return ownedPrefix(partition) + node;
  }

  String ownedPrefix(int partition) {
    return starts[partition] + "owned:";
  }

  /**
   * Returns the key of what a node has noted of a consumer. Few keys, so that few commands write
   * what a lane has; which partitions they are in differs from node to node, so that the notes of
   * all nodes spread over a cluster.
   */
  String notes(NodeId node, ConsumerId consumer) {
    int step = Math.max(1, starts.length / NOTES_PER_NODE);
    int first = HashSlots.crc16(node.value()) % step;
    return notes(node, partitionOf(consumer) / step * step + first);
  }

  /** Returns the same key by its partition; some partitions have one. */
  String notes(NodeId node, int partition) {
    return starts[partition] + "notes:" + node;
  }

  String user(UserId user) {
    return starts[partitionOf(user)] + "user:" + user;
  }

  /** Returns the key of the highest fence of a user's consumer that has left. */
  String left(UserId user, ConsumerId consumer) {
    return starts[partitionOf(user)] + "left:" + user + ":" + consumer;
  }

  /** Returns the stream of who came online and who went. */
  String changes(int partition) {
    return starts[partition] + "changes";
  }

  /** Returns the key of the node that tells the changes of a partition. */
  String teller(int partition) {
    return starts[partition] + "teller";
  }

  /** Returns the channel of the pushes of one partition to one node. */
  String channel(int partition, NodeId node) {
    return channelPrefix(partition) + node;
  }

  String channelPrefix(int partition) {
    return starts[partition] + "n:";
  }

  String format() {
    return nodesStart + "format";
  }

  String leases() {
    return nodesStart + "leases";
  }

  String reports() {
    return nodesStart + "reports";
  }

  String takeovers() {
    return nodesStart + "takeovers";
  }

  String totals() {
    return nodesStart + "totals";
  }

  String removed(NodeId node) {
    return nodesStart + "removed:" + node;
  }

  /** Returns the HyperLogLog of the rooms' names. */
  String roomEstimate() {
    return nodesStart + "rooms";
  }

  private String of(RoomName room) {
    return starts[partitionOf(room)];
  }

  private static String digest(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
