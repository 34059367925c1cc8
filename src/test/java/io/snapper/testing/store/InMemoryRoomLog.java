package io.snapper.testing.store;

import io.snapper.core.error.ErrorCode;
import io.snapper.core.error.SnapperException;
import io.snapper.core.message.Message;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.LogPage;
import io.snapper.core.store.PublishRequest;
import io.snapper.core.store.PublishRequest.Key;
import io.snapper.core.store.PublishRequest.Sequence;
import io.snapper.core.store.Published;
import io.snapper.core.store.Push;
import io.snapper.core.store.RoomLog;
import io.snapper.core.store.RoomState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** The rooms' logs in memory. */
final class InMemoryRoomLog implements RoomLog {
  private final StoreKernel kernel;
  private final InMemoryStore.Settings settings;
  private final Map<RoomName, Room> rooms = new HashMap<>();
  private long epochs;

  InMemoryRoomLog(StoreKernel kernel, InMemoryStore.Settings settings) {
    this.kernel = kernel;
    this.settings = settings;
  }

  @Override
  public CompletionStage<Published> publish(PublishRequest request) {
    return kernel.call("RoomLog.publish", () -> store(request));
  }

  private Published store(PublishRequest request) {
    Room room = room(request.room());
    Published earlier = earlier(room, request);
    if (earlier != null) {
      return new Published(earlier.epoch(), earlier.firstOffset(), earlier.lastOffset(), true);
    }
    long nowMs = Math.max(kernel.nowMs(), room.topTimeMs);
    long previousTimeMs = room.topTimeMs;
    long previousTop = room.top;
    List<Message> messages = new ArrayList<>();
    for (String payload : request.payloads()) {
      messages.add(new Message(room.top + 1 + messages.size(), payload, nowMs));
    }
    Published published =
        new Published(room.epoch, room.top + 1, room.top + messages.size(), false);
    for (Message message : messages) {
      room.messages.put(message.offset(), message);
      kernel.witness().onStored(request.room(), room.epoch, message);
    }
    room.top = published.lastOffset();
    room.topTimeMs = nowMs;
    room.logEndsAtMs = nowMs + settings.logLife().toMillis();
    room.trim(room.lowestToKeep(previousTop, previousTimeMs, nowMs, settings));
    room.publishers.put(
        request.publisher(),
        new Numbered(request.sequence(), published, nowMs + PublishRequest.MEMORY.toMillis()));
    long nameEndsAtMs = nowMs + settings.idempotencyLife().toMillis();
    if (request.idempotency() instanceof Key key) {
      room.publications.put(key.key(), new Named(key.fingerprint(), published, nameEndsAtMs));
    } else if (request.idempotency() instanceof Sequence sequence) {
      room.producers.put(sequence.producer(), new Placed(sequence, published, nameEndsAtMs));
    }
    Push push = new Push.RoomMessages(request.room(), room.epoch, previousTimeMs, messages);
    int partition = kernel.partitionOf(request.room().value());
    room.members.keySet().removeIf(node -> !kernel.push(node, partition, push));
    room.keepAlive(nowMs, settings);
    return published;
  }

  private Published earlier(Room room, PublishRequest request) {
    Numbered last = room.publishers.get(request.publisher());
    if (last != null && last.endsAtMs() <= kernel.nowMs()) {
      last = null;
    }
    if (last != null && last.sequence() == request.sequence()) {
      return last.published();
    }
    if (last != null && last.sequence() > request.sequence()) {
      throw new SnapperException(
          ErrorCode.CONFLICT,
          "publication " + request.sequence() + " comes after " + last.sequence());
    }
    if (request.idempotency() instanceof Key key) {
      return earlier(room, key);
    }
    return request.idempotency() instanceof Sequence sequence ? earlier(room, sequence) : null;
  }

  private Published earlier(Room room, Key key) {
    Named named = room.publications.get(key.key());
    if (named == null || named.endsAtMs() <= kernel.nowMs()) {
      return null;
    }
    if (!named.fingerprint().equals(key.fingerprint())) {
      throw new SnapperException(
          ErrorCode.CONFLICT, "the idempotency key '" + key.key() + "' was used for other content");
    }
    return named.published();
  }

  private Published earlier(Room room, Sequence sequence) {
    Placed last = room.producers.get(sequence.producer());
    boolean isCovered =
        last != null
            && last.endsAtMs() > kernel.nowMs()
            && (last.sequence().number() == sequence.number()
                ? last.sequence().part() >= sequence.part()
                : last.sequence().number() > sequence.number());
    return isCovered ? last.published() : null;
  }

  @Override
  public CompletionStage<RoomState> watch(RoomName name, NodeId node, int members, long version) {
    return kernel.call(
        "RoomLog.watch",
        () -> {
          Room room = room(name);
          Watch stored = room.members.get(node);
          boolean isLate = stored != null && stored.version() >= version;
          if (isLate) {
            room.keepAlive(kernel.nowMs(), settings);
            return room.state();
          }
          if (members > 0) {
            room.members.put(node, new Watch(members, version));
          } else {
            room.members.remove(node);
          }
          room.keepAlive(kernel.nowMs(), settings);
          return room.state();
        });
  }

  @Override
  public CompletionStage<RoomState> state(RoomName name) {
    return kernel.call(
        "RoomLog.state",
        () -> {
          Room room = room(name);
          room.keepAlive(kernel.nowMs(), settings);
          return room.state();
        });
  }

  @Override
  public CompletionStage<LogPage> read(
      RoomName name, long afterOffset, int maxMessages, long maxBytes) {
    return kernel.call(
        "RoomLog.read",
        () -> {
          Room room = room(name);
          room.keepAlive(kernel.nowMs(), settings);
          List<Message> page = new ArrayList<>();
          long bytes = 0;
          for (Message message : room.messages.tailMap(afterOffset, false).values()) {
            if (page.size() == maxMessages || (bytes >= maxBytes && !page.isEmpty())) {
              break;
            }
            page.add(message);
            bytes += bytesOf(message.payload());
          }
          long firstRetained = room.messages.isEmpty() ? room.top + 1 : room.messages.firstKey();
          return new LogPage(room.state(), firstRetained, page);
        });
  }

  /** Returns the length in UTF-8, where half a surrogate pair counts like another character. */
  private static long bytesOf(String payload) {
    return payload
        .codePoints()
        .map(point -> point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4)
        .sum();
  }

  @Override
  public CompletionStage<Map<NodeId, Integer>> occupancy(RoomName name) {
    return kernel.call(
        "RoomLog.occupancy",
        () -> {
          Room room = rooms.get(name);
          Map<NodeId, Integer> members = new HashMap<>();
          if (room != null) {
            room.members.forEach((node, watch) -> members.put(node, watch.members()));
          }
          return members;
        });
  }

  @Override
  public CompletionStage<RoomState> renewEpoch(RoomName name, String epoch, long fork) {
    return kernel.call(
        "RoomLog.renewEpoch",
        () -> {
          Room room = room(name);
          if (room.epoch.equals(epoch)) {
            room.epoch = newEpoch();
            room.lineage.add(new RoomState.Fork(epoch, fork));
            if (room.lineage.size() > RoomState.MAX_FORKS) {
              room.lineage.remove(0);
            }
            kernel.witness().onRenewed(name, room.epoch);
          }
          room.keepAlive(kernel.nowMs(), settings);
          return room.state();
        });
  }

  /** Takes the last messages off the log, as an asynchronous failover does. Under the lock. */
  void rewind(RoomName name, int count) {
    Room room = room(name);
    for (int lost = 0; lost < count && room.top > 0; lost++) {
      room.messages.remove(room.top);
      room.top--;
    }
    Message end = room.messages.get(room.top);
    room.topTimeMs = end == null ? room.trimmedTimeMs : end.publishedAtMs();
    room.safe = Math.min(room.safe, room.top);
    room.mark = Math.min(room.mark, room.top);
    kernel.witness().onRewound(name, room.top);
    room.publishers.values().removeIf(last -> last.published().lastOffset() > room.top);
    room.publications.values().removeIf(named -> named.published().lastOffset() > room.top);
    room.producers.values().removeIf(last -> last.published().lastOffset() > room.top);
  }

  /** Forgets all rooms. Under the lock. */
  void wipe() {
    rooms.clear();
    kernel.witness().onWiped();
  }

  /** Ends all watching of a node. Under the lock. */
  void forget(NodeId node) {
    rooms
        .values()
        .forEach(
            room -> {
              if (room.members.remove(node) != null) {
                room.keepAlive(kernel.nowMs(), settings);
              }
            });
  }

  private Room room(RoomName name) {
    long nowMs = kernel.nowMs();
    Room room = rooms.get(name);
    if (room == null || room.endsAtMs <= nowMs) {
      epochs++;
      room = new Room(newEpoch());
      room.keepAlive(nowMs, settings);
      rooms.put(name, room);
    }
    if (room.logEndsAtMs <= nowMs) {
      room.messages.clear();
    }
    return room;
  }

  private String newEpoch() {
    epochs++;
    return "epoch" + epochs;
  }

  private record Watch(int members, long version) {}

  private record Numbered(long sequence, Published published, long endsAtMs) {}

  private record Named(String fingerprint, Published published, long endsAtMs) {}

  private record Placed(Sequence sequence, Published published, long endsAtMs) {}

  private static final class Room {
    private final TreeMap<Long, Message> messages = new TreeMap<>();
    private final Map<NodeId, Watch> members = new HashMap<>();
    private final Map<NodeId, Numbered> publishers = new HashMap<>();
    private final Map<String, Named> publications = new HashMap<>();
    private final Map<String, Placed> producers = new HashMap<>();
    private final List<RoomState.Fork> lineage = new ArrayList<>();
    private String epoch;
    private long top;
    private long topTimeMs;
    private long trimmedTimeMs;

    /** Everything up to {@code safe} is old; up to {@code mark}, older than {@code markedAtMs}. */
    private long safe;

    private long mark = -1;
    private long markedAtMs;
    private long endsAtMs = Long.MAX_VALUE;
    private long logEndsAtMs = Long.MAX_VALUE;

    private Room(String epoch) {
      this.epoch = epoch;
    }

    private RoomState state() {
      return new RoomState(epoch, top, topTimeMs, lineage);
    }

    private long lowestToKeep(
        long previousTop, long previousTimeMs, long nowMs, InMemoryStore.Settings settings) {
      long lowest = top - settings.maxMessages() + 1;
      if (lowest <= 1) {
        return 1;
      }
      long youngMs = settings.burstTime().toMillis();
      if (nowMs - previousTimeMs >= youngMs) {
        safe = previousTop;
        mark = -1;
      } else if (mark >= 0 && nowMs - markedAtMs >= youngMs) {
        safe = mark;
        mark = -1;
      }
      if (mark < 0) {
        mark = top;
        markedAtMs = nowMs;
      }
      long most = Math.max(settings.maxMessages(), settings.burstMessages());
      return Math.max(top - most + 1, Math.min(lowest, safe + 1));
    }

    private void trim(long lowestToKeep) {
      while (!messages.isEmpty() && messages.firstKey() < lowestToKeep) {
        trimmedTimeMs = messages.pollFirstEntry().getValue().publishedAtMs();
      }
    }

    private void keepAlive(long nowMs, InMemoryStore.Settings settings) {
      endsAtMs = members.isEmpty() ? nowMs + settings.roomLife().toMillis() : Long.MAX_VALUE;
    }
  }
}
