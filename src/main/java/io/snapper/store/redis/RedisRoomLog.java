package io.snapper.store.redis;

import io.snapper.core.message.Message;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.LogPage;
import io.snapper.core.store.PublishRequest;
import io.snapper.core.store.Published;
import io.snapper.core.store.RoomLog;
import io.snapper.core.store.RoomState;
import io.snapper.core.store.RoomState.Fork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.redisson.client.protocol.RedisCommands;

/** The rooms' logs on Redis: a stream per room, whose entries are segments of messages. */
final class RedisRoomLog implements RoomLog {
  /** How many fields of an answer say where the log stands. */
  private static final int STATE_FIELDS = 4;

  private final ScriptRunner scripts;
  private final CallGatherer gatherer;
  private final RedisKeys keys;
  private final RedisStoreOptions.Retention retention;
  private final RedisPublications publications;

  RedisRoomLog(
      ScriptRunner scripts,
      CallGatherer gatherer,
      RedisKeys keys,
      RedisStoreOptions.Retention retention) {
    this.scripts = scripts;
    this.gatherer = gatherer;
    this.keys = keys;
    this.retention = retention;
    this.publications = new RedisPublications(scripts, keys, retention);
  }

  @Override
  public CompletionStage<Published> publish(PublishRequest request) {
    return publications.publish(request);
  }

  @Override
  public CompletionStage<RoomState> watch(RoomName room, NodeId node, int members, long version) {
    List<String> names =
        List.of(
            keys.room(room),
            keys.log(room),
            keys.watchers(room),
            keys.watchedRooms(keys.partitionOf(room), node));
    return gatherer
        .run(LuaScript.ROOM_WATCH, names, room, node, members, version, Epochs.next(), roomLifeMs())
        .thenApply(RedisRoomLog::state);
  }

  @Override
  public CompletionStage<RoomState> state(RoomName room) {
    return scripts
        .run(LuaScript.ROOM_STATE, roomKeys(room), Epochs.next(), roomLifeMs())
        .thenApply(RedisRoomLog::state);
  }

  @Override
  public CompletionStage<LogPage> read(
      RoomName room, long afterOffset, int maxMessages, long maxBytes) {
    return scripts
        .run(
            LuaScript.ROOM_READ,
            roomKeys(room),
            afterOffset,
            maxMessages,
            maxBytes,
            Epochs.next(),
            roomLifeMs())
        .thenApply(reply -> page(Replies.list(reply), afterOffset, maxMessages, maxBytes));
  }

  /** Cuts exactly what was asked for out of whole segments. */
  private static LogPage page(
      List<Object> fields, long afterOffset, int maxMessages, long maxBytes) {
    List<Message> messages = new ArrayList<>();
    long bytes = 0;
    for (int index = STATE_FIELDS + 1; index < fields.size(); index += 4) {
      String id = Replies.text(fields.get(index));
      int dash = id.indexOf('-');
      long lastOffset = Long.parseLong(id, 0, dash, 10);
      int size = Integer.parseInt(id, dash + 1, id.length(), 10);
      String[] lengths = Replies.text(fields.get(index + 1)).split(",");
      byte[] payloads = (byte[]) fields.get(index + 2);
      long publishedAtMs = Replies.number(fields.get(index + 3));
      int at = 0;
      for (int place = 0; place < size; place++) {
        long offset = lastOffset - size + 1 + place;
        int length = Integer.parseInt(lengths[place]);
        if (offset > afterOffset) {
          if (messages.size() == maxMessages || (bytes >= maxBytes && !messages.isEmpty())) {
            break;
          }
          messages.add(
              new Message(offset, PayloadText.decode(payloads, at, length), publishedAtMs));
          bytes += length;
        }
        at += length;
      }
    }
    return new LogPage(state(fields), Replies.number(fields.get(STATE_FIELDS)), messages);
  }

  @Override
  public CompletionStage<Map<NodeId, Integer>> occupancy(RoomName room) {
    return scripts
        .<Map<Object, Object>>command(RedisCommands.HGETALL, keys.watchers(room))
        .thenApply(
            hash -> {
              Map<NodeId, Integer> members = new HashMap<>();
              hash.forEach(
                  (node, entry) -> members.put(new NodeId(Replies.text(node)), membersIn(entry)));
              return members;
            });
  }

  @Override
  public CompletionStage<RoomState> renewEpoch(RoomName room, String epoch, long fork) {
    return scripts
        .run(
            LuaScript.ROOM_RENEW_EPOCH,
            roomKeys(room),
            epoch,
            fork,
            Epochs.next(),
            RoomState.MAX_FORKS,
            roomLifeMs())
        .thenApply(RedisRoomLog::state);
  }

  private List<String> roomKeys(RoomName room) {
    return List.of(keys.room(room), keys.log(room), keys.watchers(room));
  }

  private long roomLifeMs() {
    return retention.roomLife().toMillis();
  }

  private static RoomState state(Object reply) {
    List<Object> fields = Replies.list(reply);
    return new RoomState(
        Replies.text(fields.get(0)),
        Replies.number(fields.get(1)),
        Replies.number(fields.get(2)),
        lineage(Replies.text(fields.get(3))));
  }

  private static List<Fork> lineage(String text) {
    List<Fork> forks = new ArrayList<>(0);
    for (String fork : text.isEmpty() ? new String[0] : text.split(" ")) {
      int at = fork.indexOf('@');
      forks.add(new Fork(fork.substring(0, at), Long.parseLong(fork, at + 1, fork.length(), 10)));
    }
    return forks;
  }

  /** Reads '&lt;members> &lt;version>'. */
  private static int membersIn(Object entry) {
    String text = Replies.text(entry);
    return Integer.parseInt(text, 0, text.indexOf(' '), 10);
  }
}
