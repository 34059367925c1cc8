package io.snapper.store.redis;

import io.snapper.core.error.ErrorCode;
import io.snapper.core.error.SnapperException;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.PublishRequest;
import io.snapper.core.store.PublishRequest.Idempotency;
import io.snapper.core.store.PublishRequest.Key;
import io.snapper.core.store.PublishRequest.Sequence;
import io.snapper.core.store.Published;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.redisson.connection.MasterSlaveEntry;

/**
 * Stores publications, those of one partition together.
 *
 * <p>A partition has at most one call under way, and a master a few; what comes meanwhile, for
 * whatever rooms of the partition, goes together in its next one. So while Redis has little to do a
 * publication goes at once, and under load the cost of a call is shared: its way there and back,
 * its start, the push to each node. Requests of one call have nothing else to do with each other:
 * each succeeds or fails by itself, unless the call gets no answer. Thread safe.
 */
final class RedisPublications {
  /** How much one call stores at most, so that it doesn't hold Redis up: some ms. */
  private static final int MAX_REQUESTS_PER_CALL = 64;

  private static final int MAX_BYTES_PER_CALL = 1 << 20;

  /** Enough for Redis always to have a call to do while answers are on their way. */
  private static final int MAX_CALLS_PER_MASTER = 8;

  private final ScriptRunner scripts;
  private final RedisKeys keys;
  private final RedisStoreOptions.Retention retention;
  private final Line[] lines;
  private final CallTurns<Optional<MasterSlaveEntry>> turns = new CallTurns<>(MAX_CALLS_PER_MASTER);

  RedisPublications(ScriptRunner scripts, RedisKeys keys, RedisStoreOptions.Retention retention) {
    this.scripts = scripts;
    this.keys = keys;
    this.retention = retention;
    this.lines = new Line[keys.partitions()];
    for (int partition = 0; partition < lines.length; partition++) {
      lines[partition] = new Line(partition);
    }
  }

  /** A request that waits for its turn or its answer. */
  private record Entry(
      PublishRequest request, List<LogSegment> segments, CompletableFuture<Published> result) {
    int bytes() {
      return segments.stream().mapToInt(segment -> segment.payloads().length).sum();
    }
  }

  /** What waits in one partition; guarded by its own lock. */
  private static final class Line {
    private final int partition;
    private final ArrayDeque<Entry> waiting = new ArrayDeque<>(0);
    private boolean isBusy;

    Line(int partition) {
      this.partition = partition;
    }
  }

  /** See {@link io.snapper.core.store.RoomLog#publish}. */
  CompletionStage<Published> publish(PublishRequest request) {
    Entry entry = new Entry(request, LogSegment.of(request.payloads()), new CompletableFuture<>());
    Line line = lines[keys.partitionOf(request.room())];
    synchronized (line) {
      line.waiting.add(entry);
      if (line.isBusy) {
        return entry.result();
      }
      line.isBusy = true;
    }
    planNext(line);
    return entry.result();
  }

  private void planNext(Line line) {
    Optional<MasterSlaveEntry> master = scripts.masterOf(keys.sequences(line.partition));
    turns.begin(
        master,
        new CallTurns.Call() {
          @Override
          public void make() {
            sendNext(line, master);
          }

          @Override
          public void drop() {
            refuseWaiting(line);
          }
        });
  }

  private static void refuseWaiting(Line line) {
    List<Entry> entries;
    synchronized (line) {
      entries = List.copyOf(line.waiting);
      line.waiting.clear();
      line.isBusy = false;
    }
    fail(entries, SnapperException.unavailable("Redis does not answer", null));
  }

  private void sendNext(Line line, Optional<MasterSlaveEntry> master) {
    List<Entry> entries = new ArrayList<>(1);
    synchronized (line) {
      int bytes = 0;
      while (!line.waiting.isEmpty() && entries.size() < MAX_REQUESTS_PER_CALL) {
        bytes += line.waiting.peek().bytes();
        if (!entries.isEmpty() && bytes > MAX_BYTES_PER_CALL) {
          break;
        }
        entries.add(line.waiting.poll());
      }
    }
    run(line.partition, entries)
        .whenComplete(
            (reply, failure) -> {
              // First all answers: whoever gets one may have more for the next call.
              try {
                complete(entries, reply, failure);
              } catch (RuntimeException fault) {
                fail(entries, fault);
              } finally {
                goOn(line);
                if (SnapperException.isUnavailable(failure)) {
                  turns.endUnanswered(master);
                } else {
                  turns.end(master);
                }
              }
            });
  }

  private void goOn(Line line) {
    synchronized (line) {
      if (line.waiting.isEmpty()) {
        line.isBusy = false;
        return;
      }
    }
    planNext(line);
  }

  /** A fault here must not leave the partition waiting for an answer that never comes. */
  private CompletionStage<Object> run(int partition, List<Entry> entries) {
    try {
      return scripts.run(call(partition, entries));
    } catch (RuntimeException fault) {
      return CompletableFuture.failedFuture(fault);
    }
  }

  private static void fail(List<Entry> entries, Throwable failure) {
    entries.forEach(entry -> entry.result().completeExceptionally(failure));
  }

  private ScriptRunner.Call call(int partition, List<Entry> entries) {
    List<String> names = new ArrayList<>();
    List<Object> arguments = new ArrayList<>();
    names.add(keys.sequences(partition));
    arguments.add(entries.size());
    arguments.add(
        retention.maxMessages()
            + " "
            + Math.max(retention.maxMessages(), retention.burstMessages())
            + " "
            + retention.burstTime().toMillis());
    arguments.add(retention.logLife().toMillis());
    arguments.add(retention.roomLife().toMillis());
    arguments.add(PublishRequest.MEMORY.toMillis());
    arguments.add(keys.channelPrefix(partition));
    arguments.add(keys.watchedRoomsPrefix(partition));
    for (Entry entry : entries) {
      addKeys(names, entry.request());
      addArguments(arguments, entry);
    }
    return new ScriptRunner.Call(LuaScript.ROOM_PUBLISH, names, arguments.toArray());
  }

  private void addKeys(List<String> names, PublishRequest request) {
    RoomName room = request.room();
    Idempotency idempotency = request.idempotency();
    names.add(keys.log(room));
    names.add(keys.room(room));
    names.add(keys.watchers(room));
    if (idempotency instanceof Key key) {
      names.add(keys.idempotency(room, key.key()));
    } else if (idempotency instanceof Sequence sequence) {
      names.add(keys.producer(room, sequence.producer()));
    }
  }

  private void addArguments(List<Object> arguments, Entry entry) {
    PublishRequest request = entry.request();
    Idempotency idempotency = request.idempotency();
    arguments.add(request.room());
    arguments.add(request.publisher());
    arguments.add(request.sequence());
    arguments.add(Epochs.next());
    arguments.add(nameOf(idempotency));
    arguments.add(
        (idempotency instanceof Sequence ? retention.producerLife() : retention.idempotencyLife())
            .toMillis());
    arguments.add(entry.segments().size());
    for (LogSegment segment : entry.segments()) {
      arguments.add(segment.size());
      arguments.add(segment.lengths());
      arguments.add(segment.payloads());
    }
  }

  /** Returns how the script tells a caller's name from another one under the same key. */
  private static String nameOf(Idempotency idempotency) {
    if (idempotency instanceof Key key) {
      return "=" + key.fingerprint();
    }
    return idempotency instanceof Sequence sequence
        ? "#" + sequence.number() + "." + sequence.part()
        : "";
  }

  private static void complete(List<Entry> entries, Object reply, Throwable failure) {
    if (failure != null) {
      fail(entries, failure);
      return;
    }
    List<Object> answers = Replies.list(reply);
    for (int index = 0; index < entries.size(); index++) {
      complete(entries.get(index), Replies.list(answers.get(index)));
    }
  }

  private static void complete(Entry entry, List<Object> answer) {
    String outcome = Replies.text(answer.get(0));
    PublishRequest request = entry.request();
    CompletableFuture<Published> result = entry.result();
    switch (outcome) {
      case "failed" ->
          result.completeExceptionally(ScriptRunner.refusal(Replies.text(answer.get(1))));
      case "conflict" ->
          result.completeExceptionally(
              new SnapperException(
                  ErrorCode.CONFLICT,
                  "the idempotency key '"
                      + ((Key) request.idempotency()).key()
                      + "' was used for other content"));
      case "outdated" ->
          result.completeExceptionally(
              new SnapperException(
                  ErrorCode.CONFLICT,
                  "publication "
                      + request.sequence()
                      + " comes after a later one of the same node"));
      default ->
          result.complete(
              new Published(
                  Replies.text(answer.get(1)),
                  Replies.number(answer.get(2)),
                  Replies.number(answer.get(3)),
                  outcome.equals("repeated")));
    }
  }
}
