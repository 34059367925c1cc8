package io.snapper.store.redis;

import io.snapper.core.auth.DeviceKind;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.Position;
import io.snapper.core.message.RoomName;
import io.snapper.core.message.UserId;
import io.snapper.core.store.BatchExtent;
import io.snapper.core.store.Claim;
import io.snapper.core.store.Mailbox;
import io.snapper.core.store.MailboxUpdate;
import io.snapper.core.store.Mailboxes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.redisson.client.protocol.RedisCommands;

/** The consumers' mailboxes on Redis: a hash per consumer, and notes beside them. */
final class RedisMailboxes implements Mailboxes {
  private static final String ROOM_FIELD = "r:";
  private static final String ANY_FENCE = "";
  private static final String KEPT_BATCH = "=";
  private static final String WITHIN_EPOCH = "=";

  /** How many mailboxes one run of a script writes at most, so that none holds Redis up. */
  private static final int MAX_MAILBOXES_PER_SAVE = 64;

  private final ScriptRunner scripts;
  private final CallGatherer gatherer;
  private final RedisKeys keys;
  private final RedisNotes notes;

  RedisMailboxes(ScriptRunner scripts, CallGatherer gatherer, RedisKeys keys) {
    this.scripts = scripts;
    this.gatherer = gatherer;
    this.keys = keys;
    this.notes = new RedisNotes(scripts, keys);
  }

  @Override
  public CompletionStage<Claim> claim(
      ConsumerId consumer, UserId user, DeviceKind device, NodeId node) {
    return claim(consumer, user, device, node, ANY_FENCE)
        .thenCompose(
            answer -> {
              List<Object> fields = answer.subList(1, answer.size());
              Mailbox claimed = mailbox(fields);
              boolean isHandoverPending = Replies.isOne(answer.get(0));
              return isHandoverPending
                  ? CompletableFuture.completedFuture(new Claim(claimed, true))
                  : recall(consumer, claimed, fields)
                      .thenApply(mailbox -> new Claim(mailbox, false));
            });
  }

  @Override
  public CompletionStage<Optional<Mailbox>> claimUnchanged(
      ConsumerId consumer, UserId user, DeviceKind device, NodeId node, long fence) {
    return claim(consumer, user, device, node, Long.toString(fence))
        .thenApply(
            fields ->
                fields.isEmpty()
                    ? Optional.empty()
                    : Optional.of(mailbox(fields.subList(1, fields.size()))));
  }

  private CompletionStage<List<Object>> claim(
      ConsumerId consumer, UserId user, DeviceKind device, NodeId node, String fence) {
    int partition = keys.partitionOf(consumer);
    List<String> names =
        List.of(keys.consumer(consumer), keys.sequences(partition), keys.owned(partition, node));
    return gatherer
        .run(
            LuaScript.CONSUMER_CLAIM,
            names,
            consumer,
            user,
            device,
            node,
            keys.channelPrefix(partition),
            keys.ownedPrefix(partition),
            fence)
        .thenApply(Replies::list);
  }

  @Override
  public CompletionStage<Optional<Mailbox>> read(ConsumerId consumer) {
    return scripts
        .<Map<Object, Object>>command(RedisCommands.HGETALL, keys.consumer(consumer))
        .thenApply(
            hash -> {
              List<Object> fields = new ArrayList<>();
              hash.forEach(
                  (field, value) -> {
                    fields.add(field);
                    fields.add(value);
                  });
              return fields.isEmpty() ? Optional.empty() : Optional.of(mailbox(fields));
            });
  }

  @Override
  public CompletionStage<Boolean> handOver(MailboxUpdate lastState) {
    ConsumerId consumer = lastState.consumer();
    int partition = keys.partitionOf(consumer);
    List<Object> arguments = new ArrayList<>();
    arguments.add(consumer);
    arguments.add(lastState.fence());
    arguments.add(keys.channelPrefix(partition));
    addState(arguments, lastState);
    return gatherer
        .run(
            LuaScript.CONSUMER_HAND_OVER,
            List.of(keys.consumer(consumer), keys.sequences(partition)),
            arguments.toArray())
        .thenApply(Replies::isOne);
  }

  @Override
  public CompletionStage<Mailbox> settle(ConsumerId consumer, long fence) {
    return gatherer
        .run(LuaScript.CONSUMER_SETTLE, List.of(keys.consumer(consumer)), fence)
        .thenCompose(
            reply -> {
              List<Object> fields = Replies.list(reply);
              Mailbox mailbox = mailbox(fields);
              return mailbox.fence() == fence
                  ? recall(consumer, mailbox, fields)
                  : CompletableFuture.completedFuture(mailbox);
            });
  }

  /**
   * Writes what an earlier owner has noted into a mailbox that has just been claimed.
   *
   * @param mailbox as it was claimed
   * @param fields its fields and values
   * @return the mailbox as it is then
   */
  private CompletionStage<Mailbox> recall(
      ConsumerId consumer, Mailbox mailbox, List<Object> fields) {
    Optional<LastSave> lastSave = lastSave(fields);
    if (lastSave.isEmpty()) {
      return CompletableFuture.completedFuture(mailbox);
    }
    return notes
        .find(consumer, lastSave.get())
        .thenCompose(
            note ->
                note.isPresent()
                    ? recall(mailbox.fence(), lastSave.get(), note.get())
                    : CompletableFuture.completedFuture(mailbox));
  }

  private static Optional<LastSave> lastSave(List<Object> fields) {
    for (int index = 0; index < fields.size(); index += 2) {
      if (Replies.text(fields.get(index)).equals("written")) {
        return LastSave.parse(Replies.text(fields.get(index + 1)));
      }
    }
    return Optional.empty();
  }

  private CompletionStage<Mailbox> recall(long fence, LastSave lastSave, MailboxUpdate note) {
    List<Object> arguments = new ArrayList<>();
    arguments.add(fence);
    arguments.add(lastSave);
    addState(arguments, note);
    return gatherer
        .run(
            LuaScript.CONSUMER_RECALL, List.of(keys.consumer(note.consumer())), arguments.toArray())
        .thenApply(reply -> mailbox(Replies.list(reply)));
  }

  @Override
  public CompletionStage<Void> note(NodeId node, Collection<MailboxUpdate> updates) {
    return notes.write(node, updates);
  }

  @Override
  public CompletionStage<Void> dropNotes(NodeId node, Collection<ConsumerId> consumers) {
    return notes.drop(node, consumers);
  }

  @Override
  public CompletionStage<Boolean> enter(
      ConsumerId consumer, long fence, RoomName room, Position start) {
    return gatherer
        .run(
            LuaScript.CONSUMER_ENTER,
            List.of(keys.consumer(consumer)),
            fence,
            ROOM_FIELD + room,
            start)
        .thenApply(Replies::isOne);
  }

  @Override
  public CompletionStage<Set<ConsumerId>> save(Collection<MailboxUpdate> updates) {
    if (updates.isEmpty()) {
      return CompletableFuture.completedFuture(Set.of());
    }
    Map<Integer, List<MailboxUpdate>> byPartition = new TreeMap<>();
    for (MailboxUpdate update : updates) {
      byPartition
          .computeIfAbsent(keys.partitionOf(update.consumer()), partition -> new ArrayList<>())
          .add(update);
    }
    List<List<MailboxUpdate>> groups = new ArrayList<>();
    for (List<MailboxUpdate> ofPartition : byPartition.values()) {
      for (int from = 0; from < ofPartition.size(); from += MAX_MAILBOXES_PER_SAVE) {
        int to = Math.min(ofPartition.size(), from + MAX_MAILBOXES_PER_SAVE);
        groups.add(ofPartition.subList(from, to));
      }
    }
    return scripts
        .runAll(groups.stream().map(this::saveCall).toList())
        .thenApply(replies -> stale(groups, replies));
  }

  private ScriptRunner.Call saveCall(List<MailboxUpdate> group) {
    List<String> names = new ArrayList<>(group.size());
    List<Object> arguments = new ArrayList<>();
    for (MailboxUpdate update : group) {
      names.add(keys.consumer(update.consumer()));
      arguments.add(update.fence());
      arguments.add(update.number());
      addState(arguments, update);
    }
    return new ScriptRunner.Call(LuaScript.CONSUMER_SAVE, names, arguments.toArray());
  }

  private static Set<ConsumerId> stale(List<List<MailboxUpdate>> groups, List<Object> replies) {
    Set<ConsumerId> stale = new HashSet<>();
    for (int index = 0; index < groups.size(); index++) {
      for (Object place : Replies.list(replies.get(index))) {
        stale.add(groups.get(index).get((int) Replies.number(place) - 1).consumer());
      }
    }
    return stale;
  }

  @Override
  public CompletionStage<Boolean> release(MailboxUpdate lastState, NodeId node, Duration life) {
    ConsumerId consumer = lastState.consumer();
    List<Object> arguments = new ArrayList<>();
    arguments.add(consumer);
    arguments.add(node);
    arguments.add(lastState.fence());
    arguments.add(life.toMillis());
    addState(arguments, lastState);
    return gatherer
        .run(
            LuaScript.CONSUMER_RELEASE,
            List.of(keys.consumer(consumer), keys.owned(keys.partitionOf(consumer), node)),
            arguments.toArray())
        .thenApply(Replies::isOne);
  }

  @Override
  public CompletionStage<Boolean> weaken(ConsumerId consumer, UserId user, Duration life) {
    return gatherer
        .run(LuaScript.CONSUMER_WEAKEN, List.of(keys.consumer(consumer)), user, life.toMillis())
        .thenApply(Replies::isOne);
  }

  @Override
  public CompletionStage<Boolean> join(
      ConsumerId consumer, RoomName room, Position start, Duration lifeIfNew, int maxRooms) {
    int partition = keys.partitionOf(consumer);
    return gatherer
        .run(
            LuaScript.CONSUMER_JOIN,
            List.of(keys.consumer(consumer), keys.sequences(partition)),
            consumer,
            room,
            start,
            lifeIfNew.toMillis(),
            keys.channelPrefix(partition),
            maxRooms)
        .thenApply(
            answer -> {
              if (Replies.number(answer) < 0) {
                throw Mailboxes.tooManyRooms(consumer, maxRooms);
              }
              return Replies.isOne(answer);
            });
  }

  @Override
  public CompletionStage<Boolean> leave(ConsumerId consumer, RoomName room, Position until) {
    int partition = keys.partitionOf(consumer);
    return gatherer
        .run(
            LuaScript.CONSUMER_LEAVE,
            List.of(keys.consumer(consumer), keys.sequences(partition)),
            consumer,
            room,
            until,
            keys.channelPrefix(partition))
        .thenApply(Replies::isOne);
  }

  @Override
  public CompletionStage<Boolean> requestClose(ConsumerId consumer) {
    int partition = keys.partitionOf(consumer);
    return gatherer
        .run(
            LuaScript.CONSUMER_REQUEST_CLOSE,
            List.of(keys.consumer(consumer), keys.sequences(partition)),
            consumer,
            keys.channelPrefix(partition))
        .thenApply(Replies::isOne);
  }

  @Override
  public CompletionStage<List<ConsumerId>> ownedBy(NodeId node, int partition) {
    return scripts
        .<Collection<Object>>command(RedisCommands.SMEMBERS, keys.owned(partition, node))
        .thenApply(
            members ->
                members.stream().map(member -> new ConsumerId(Replies.text(member))).toList());
  }

  @Override
  public CompletionStage<Optional<Orphan>> orphan(
      ConsumerId consumer, NodeId deadNode, Duration life) {
    int partition = keys.partitionOf(consumer);
    return gatherer
        .run(
            LuaScript.CONSUMER_ORPHAN,
            List.of(keys.consumer(consumer), keys.sequences(partition)),
            consumer,
            deadNode,
            life.toMillis(),
            keys.channelPrefix(partition))
        .thenApply(
            reply -> {
              List<Object> fields = Replies.list(reply);
              return fields.isEmpty()
                  ? Optional.empty()
                  : Optional.of(
                      new Orphan(
                          new UserId(Replies.text(fields.get(0))), Replies.number(fields.get(1))));
            });
  }

  /** Adds what the script's function write_state reads. */
  private static void addState(List<Object> arguments, MailboxUpdate update) {
    arguments.add(
        update.keepsInFlight()
            ? KEPT_BATCH
            : update.inFlight().map(BatchExtent::toString).orElse(""));
    arguments.add(update.cursors().size() + update.left().size());
    addPositions(arguments, update.cursors(), "");
    addPositions(arguments, update.left(), WITHIN_EPOCH);
  }

  private static void addPositions(
      List<Object> arguments, Map<RoomName, Position> positions, String mark) {
    positions.forEach(
        (room, position) -> {
          arguments.add(ROOM_FIELD + room);
          arguments.add(mark + position);
        });
  }

  private static Mailbox mailbox(List<Object> fields) {
    NodeId owner = null;
    long fence = 0;
    BatchExtent inFlight = null;
    Map<RoomName, Position> cursors = new HashMap<>();
    for (int index = 0; index < fields.size(); index += 2) {
      String field = Replies.text(fields.get(index));
      String value = Replies.text(fields.get(index + 1));
      if (field.startsWith(ROOM_FIELD)) {
        cursors.put(new RoomName(field.substring(ROOM_FIELD.length())), Position.parse(value));
      } else if (field.equals("node")) {
        owner = new NodeId(value);
      } else if (field.equals("fence")) {
        fence = Long.parseLong(value);
      } else if (field.equals("batch")) {
        inFlight = BatchExtent.parse(value);
      }
    }
    return new Mailbox(Optional.ofNullable(owner), fence, cursors, Optional.ofNullable(inFlight));
  }
}
