package io.snapper.core.room;

import io.snapper.core.PublishOptions;
import io.snapper.core.Scheduler;
import io.snapper.core.error.ErrorCode;
import io.snapper.core.error.SnapperException;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.PublishRequest;
import io.snapper.core.store.Published;
import io.snapper.core.store.RoomLog;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;

/**
 * Stores publications, in the order of the calls within each room.
 *
 * <p>A room has at most one request to the store under way; what arrives meanwhile goes together in
 * the next one, so the cost per message falls as load rises. A request whose outcome is unknown is
 * sent again under the same number until the store answers, and the store takes it once. It knows
 * the number for a time only ({@link PublishRequest#MEMORY}); a request that is older than that
 * fails as {@code UNCERTAIN}. What waits behind it has not been sent, so it waits until the store
 * answers again, however long that takes.
 *
 * <p>Thread safe. Results complete on the store's threads.
 */
public final class Publisher {
  private static final Logger LOG = System.getLogger(Publisher.class.getName());
  private static final int MAX_MESSAGES_PER_REQUEST = 512;
  private static final long MAX_CHARACTERS_PER_REQUEST = 1 << 20;
  private static final long FIRST_RETRY_DELAY_MS = 50;
  private static final long MAX_RETRY_DELAY_MS = 1_000;

  /** A request is sent again until it is so old; with time for the last one to come late. */
  private static final Duration MAX_AGE = PublishRequest.MEMORY.minusMinutes(2);

  /** What a held publication costs besides its text, roughly, in bytes. */
  private static final long OVERHEAD_BYTES = 200;

  private final RoomLog roomLog;
  private final ToIntFunction<RoomName> partitionOf;
  private final NodeId node;
  private final Scheduler scheduler;
  private final LongSupplier nanoTime;
  private final long heldLimitBytes;
  private final AtomicLong sequence = new AtomicLong();
  private final AtomicLong heldBytes = new AtomicLong();
  private final LongAdder storedMessages = new LongAdder();
  private final ConcurrentHashMap<RoomName, RoomQueue> queues = new ConcurrentHashMap<>();
  private final AtomicLong openPublications = new AtomicLong();
  private final AtomicLong openMessages = new AtomicLong();
  private final AtomicReference<CompletableFuture<Void>> idle =
      new AtomicReference<>(new CompletableFuture<>());

  /** The partitions from which there was no answer last. */
  private final Set<Integer> away = ConcurrentHashMap.newKeySet();

  /**
   * Creates a publisher.
   *
   * @param roomLog where messages are stored
   * @param partitionOf which rooms can be reached or not together, in a store of several servers
   * @param node this node, which names the requests
   * @param scheduler for repeating requests
   * @param nanoTime the clock of their ages
   * @param heldLimitBytes how much may wait for the store on this node, 2 bytes for each character
   */
  public Publisher(
      RoomLog roomLog,
      ToIntFunction<RoomName> partitionOf,
      NodeId node,
      Scheduler scheduler,
      LongSupplier nanoTime,
      long heldLimitBytes) {
    this.roomLog = roomLog;
    this.partitionOf = partitionOf;
    this.node = node;
    this.scheduler = scheduler;
    this.nanoTime = nanoTime;
    this.heldLimitBytes = heldLimitBytes;
  }

  private record Item(
      List<String> payloads,
      long characters,
      PublishRequest.Idempotency idempotency,
      boolean isHeld,
      CompletableFuture<Published> result) {
    long bytes() {
      return 2 * characters + OVERHEAD_BYTES;
    }
  }

  /** A request to the store, what it is made of, and when it was sent first. */
  private record Sending(List<Item> items, PublishRequest request, long firstSentNanos) {}

  /** The waiting publications of one room; guarded by its own lock. */
  private static final class RoomQueue {
    private final RoomName room;
    private final ArrayDeque<Item> waiting = new ArrayDeque<>();
    private boolean isBusy;
    private boolean isRemoved;

    RoomQueue(RoomName room) {
      this.room = room;
    }
  }

  /** Returns the number of messages that the store has taken from this node. */
  public long storedMessages() {
    return storedMessages.sum();
  }

  /** Returns how much waits for the store now, in bytes. */
  public long heldBytes() {
    return heldBytes.get();
  }

  /** Returns the number of rooms with publications that wait for the store. */
  public int rooms() {
    return queues.size();
  }

  /** Returns how many messages were taken in and are neither stored nor refused. */
  public long unstoredMessages() {
    return openMessages.get();
  }

  /**
   * Returns what completes when nothing waits for the store; what comes in meanwhile is waited for,
   * too.
   */
  public CompletionStage<Void> whenIdle() {
    CompletableFuture<Void> waiting = idle.get();
    if (openPublications.get() == 0) {
      onIdle();
    }
    return waiting;
  }

  private void onIdle() {
    idle.getAndSet(new CompletableFuture<>()).complete(null);
  }

  /** The store answered something: publications need not be refused at once any more. */
  public void onStoreAnswered() {
    away.clear();
  }

  private boolean isAway(RoomName room) {
    return !away.isEmpty() && away.contains(partitionOf.applyAsInt(room));
  }

  /** Publishes; see {@link io.snapper.core.Broker#publish}. The payloads have been checked. */
  public CompletionStage<Published> publish(
      RoomName room, List<String> payloads, PublishOptions options) {
    if (isAway(room) && !options.heldWhileUnavailable()) {
      return CompletableFuture.failedFuture(storeAway(null));
    }
    long characters = payloads.stream().mapToLong(String::length).sum();
    Item item =
        new Item(
            payloads,
            characters,
            idempotency(payloads, options),
            options.heldWhileUnavailable(),
            new CompletableFuture<>());
    long held = heldBytes.addAndGet(item.bytes());
    // One that is larger than the limit by itself goes when nothing else is held, or it never
    // could.
    if (held > heldLimitBytes && held > item.bytes()) {
      heldBytes.addAndGet(-item.bytes());
      return CompletableFuture.failedFuture(
          new SnapperException(
              ErrorCode.OVERLOADED,
              "the node holds "
                  + heldBytes.get()
                  + " bytes that wait for the store; the limit is "
                  + heldLimitBytes));
    }
    openPublications.incrementAndGet();
    openMessages.addAndGet(payloads.size());
    enqueue(room, item);
    return item.result();
  }

  private static PublishRequest.Idempotency idempotency(
      List<String> payloads, PublishOptions options) {
    return options.idempotencyKey() == null
        ? options.sequence()
        : new PublishRequest.Key(options.idempotencyKey(), Fingerprint.of(payloads));
  }

  private void enqueue(RoomName room, Item item) {
    while (true) {
      RoomQueue queue = queues.computeIfAbsent(room, RoomQueue::new);
      synchronized (queue) {
        if (queue.isRemoved) {
          continue;
        }
        queue.waiting.add(item);
        if (queue.isBusy) {
          return;
        }
        queue.isBusy = true;
      }
      sendNext(queue);
      return;
    }
  }

  private void sendNext(RoomQueue queue) {
    List<Item> items = new ArrayList<>();
    synchronized (queue) {
      take(queue.waiting, items);
      if (items.isEmpty()) {
        queue.isBusy = false;
        queue.isRemoved = true;
        queues.remove(queue.room, queue);
        return;
      }
    }
    List<String> payloads =
        items.size() == 1
            ? items.get(0).payloads()
            : items.stream().flatMap(item -> item.payloads().stream()).toList();
    PublishRequest request =
        new PublishRequest(
            queue.room, payloads, node, sequence.incrementAndGet(), items.get(0).idempotency());
    send(queue, new Sending(items, request, nanoTime.getAsLong()), FIRST_RETRY_DELAY_MS);
  }

  /** Takes what may go in one request: one that the caller has named goes alone. */
  private static void take(ArrayDeque<Item> waiting, List<Item> items) {
    int messages = 0;
    long characters = 0;
    while (!waiting.isEmpty()) {
      Item next = waiting.peek();
      messages += next.payloads().size();
      characters += next.characters();
      boolean isAlone = next.idempotency() != null;
      boolean isTooMuch =
          messages > MAX_MESSAGES_PER_REQUEST || characters > MAX_CHARACTERS_PER_REQUEST;
      if (!items.isEmpty() && (isAlone || isTooMuch)) {
        return;
      }
      items.add(waiting.poll());
      if (isAlone) {
        return;
      }
    }
  }

  private void send(RoomQueue queue, Sending sending, long retryDelayMs) {
    roomLog
        .publish(sending.request())
        .whenComplete(
            (published, failure) -> {
              if (failure == null) {
                if (!away.isEmpty()) {
                  away.remove(partitionOf.applyAsInt(queue.room));
                }
                complete(sending.items(), published);
                sendNext(queue);
              } else {
                onFailure(queue, sending, retryDelayMs, refusal(failure));
              }
            });
  }

  private void complete(List<Item> items, Published published) {
    if (!published.repeated()) {
      storedMessages.add(published.lastOffset() - published.firstOffset() + 1);
    }
    long first = published.firstOffset();
    for (Item item : items) {
      long last = first + item.payloads().size() - 1;
      release(item);
      // A request that was sent twice is no repetition to the caller, who called once.
      boolean isRepeated = published.repeated() && item.idempotency() != null;
      item.result().complete(new Published(published.epoch(), first, last, isRepeated));
      first = last + 1;
    }
  }

  private void onFailure(
      RoomQueue queue, Sending sending, long retryDelayMs, SnapperException refusal) {
    List<Item> items = sending.items();
    if (refusal.code() != ErrorCode.UNAVAILABLE) {
      items.forEach(item -> fail(item, refusal));
      sendNext(queue);
      return;
    }
    away.add(partitionOf.applyAsInt(queue.room));
    items.stream().filter(item -> !item.isHeld()).forEach(item -> fail(item, storeAway(refusal)));
    dropWaitingThatAreNotHeld(queue, refusal);
    if (items.stream().noneMatch(Item::isHeld)) {
      sendNext(queue);
      return;
    }
    long ageNanos = nanoTime.getAsLong() - sending.firstSentNanos();
    if (ageNanos + TimeUnit.MILLISECONDS.toNanos(retryDelayMs) > MAX_AGE.toNanos()) {
      giveUp(queue, sending, refusal);
      return;
    }
    scheduler.schedule(
        retryDelayMs, () -> send(queue, sending, Math.min(2 * retryDelayMs, MAX_RETRY_DELAY_MS)));
  }

  /** The store may not know the request's number any more when it is back. */
  private void giveUp(RoomQueue queue, Sending sending, SnapperException refusal) {
    LOG.log(
        Level.ERROR,
        "{0} messages for room {1} may or may not have been stored: the store has not answered for"
            + " {2} min",
        sending.request().payloads().size(),
        queue.room,
        MAX_AGE.toMinutes());
    SnapperException uncertain =
        new SnapperException(
            ErrorCode.UNCERTAIN,
            "the store has not answered for "
                + MAX_AGE.toMinutes()
                + " min; the publication may or may not have been stored",
            refusal);
    sending.items().forEach(item -> fail(item, uncertain));
    sendNextOnceStoreAnswers(queue);
  }

  private void sendNextOnceStoreAnswers(RoomQueue queue) {
    if (isAway(queue.room)) {
      scheduler.schedule(MAX_RETRY_DELAY_MS, () -> sendNextOnceStoreAnswers(queue));
    } else {
      sendNext(queue);
    }
  }

  private void dropWaitingThatAreNotHeld(RoomQueue queue, SnapperException refusal) {
    List<Item> dropped = new ArrayList<>();
    synchronized (queue) {
      queue.waiting.removeIf(item -> !item.isHeld() && dropped.add(item));
    }
    dropped.forEach(item -> fail(item, storeAway(refusal)));
  }

  private void fail(Item item, SnapperException refusal) {
    if (!item.result().isDone()) {
      release(item);
      item.result().completeExceptionally(refusal);
    }
  }

  private void release(Item item) {
    if (!item.result().isDone()) {
      heldBytes.addAndGet(-item.bytes());
      openMessages.addAndGet(-item.payloads().size());
      if (openPublications.decrementAndGet() == 0) {
        onIdle();
      }
    }
  }

  private static SnapperException storeAway(SnapperException cause) {
    return SnapperException.unavailable(
        "the store can't be reached; the publication may or may not have been stored", cause);
  }

  private static SnapperException refusal(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof SnapperException refusal
        ? refusal
        : new SnapperException(ErrorCode.INTERNAL, "the publication failed", cause);
  }
}
