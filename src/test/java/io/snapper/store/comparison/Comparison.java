package io.snapper.store.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.Position;
import io.snapper.core.message.RoomName;
import io.snapper.core.message.UserId;
import io.snapper.core.store.PushChannel;
import io.snapper.testing.store.InMemoryStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A store in memory and a real one, both empty at first, to which the same steps are applied.
 *
 * <p>Time passes in steps of {@link #UNIT} only, in both: of the real store the ends of lives are
 * moved. What passes really meanwhile is far less than a unit, and all lives are whole units; so
 * both agree on what has ended.
 */
public final class Comparison {
  /** What all lives and leases are multiples of. */
  public static final Duration UNIT = Duration.ofMinutes(10);

  /** The nodes that receive pushes. */
  public static final List<NodeId> SUBSCRIBED =
      List.of(new NodeId("node-a"), new NodeId("node-b"), new NodeId("node-c"));

  /** These, and one that is never subscribed. */
  static final List<NodeId> NODES =
      List.of(SUBSCRIBED.get(0), SUBSCRIBED.get(1), SUBSCRIBED.get(2), new NodeId("gone"));

  /** The index of the one that is never subscribed. */
  static final int GONE = 3;

  /** Longer than this the two would not remember alike which nodes were removed. */
  private static final int MAX_UNITS = 120;

  private static final long START_MS = 1_000_000_000_000L;
  private static final long MUCH = 1L << 40;
  private static final String FOREIGN_EPOCH = "e";

  /** A number, compared with the highest one before. */
  enum Order {
    NEXT,
    SAME,
    EARLIER,
    MUCH_LATER
  }

  private final Naming naming;
  private final ComparedStore store;
  private final AtomicLong nowMs = new AtomicLong(START_MS);
  private final InMemoryStore model;
  private final Side memory;
  private final Side real;
  private final PushComparison pushes;
  private final History history = new History();
  private final Map<RoomName, Twins<String>> epochs = new HashMap<>();
  private final Map<ConsumerId, Twins<Long>> fences = new HashMap<>();
  private final Map<String, Long> numbers = new HashMap<>();
  private final Map<UserId, Twins<Long>> changes = new HashMap<>();
  private final Same same = new Same(this);
  private int units;

  private Comparison(Naming naming, ComparedStore store) {
    this.naming = naming;
    this.store = store;
    this.model =
        new InMemoryStore(
            nowMs::get,
            Runnable::run,
            Runnable::run,
            new InMemoryStore.Settings(
                store.partitions(),
                ComparedStore.MAX_MESSAGES,
                ComparedStore.BURST_TIME,
                ComparedStore.BURST_MESSAGES,
                ComparedStore.LOG_LIFE,
                ComparedStore.MAILBOX_LIFE,
                ComparedStore.ROOM_LIFE,
                ComparedStore.IDEMPOTENCY_LIFE));
    model.placeBy(store::partitionOf);
    this.memory = newMemorySide();
    this.real = newRealSide();
    this.pushes = new PushComparison(this);
  }

  private Side newMemorySide() {
    Map<NodeId, Inbox> inboxes = new HashMap<>();
    Map<NodeId, PushChannel> channels = new HashMap<>();
    for (NodeId node : SUBSCRIBED) {
      inboxes.put(node, new Inbox());
      channels.put(node, model.channel());
      Answer.of(channels.get(node).open(node, inboxes.get(node)));
    }
    return new Side(
        "memory",
        false,
        model.roomLog(),
        model.mailboxes(),
        model.users(),
        model.presence(),
        model.nodes(),
        inboxes,
        channels);
  }

  private Side newRealSide() {
    Map<NodeId, Inbox> inboxes = new HashMap<>();
    Map<NodeId, PushChannel> channels = new HashMap<>();
    for (NodeId node : SUBSCRIBED) {
      inboxes.put(node, store.inbox(node));
      channels.put(node, store.channel(node));
    }
    return new Side(
        "Redis",
        true,
        store.roomLog(),
        store.mailboxes(),
        store.users(),
        store.presence(),
        store.newRegistry(),
        inboxes,
        channels);
  }

  /**
   * Applies the steps to a store in memory and to a real one that is emptied before.
   *
   * @throws AssertionError that names the step after which they differ
   */
  public static void run(Naming naming, List<? extends Step> steps, ComparedStore store) {
    // Shrinking that is ended for taking too long goes on for a moment, on another thread.
    synchronized (store) {
      boolean isSame = false;
      try {
        store.clear();
        new Comparison(naming, store).run(steps);
        isSame = true;
      } finally {
        if (!isSame) {
          store.drain();
        }
      }
    }
  }

  private void run(List<? extends Step> steps) {
    for (int index = 0; index < steps.size(); index++) {
      run(steps.get(index), "step " + (index + 1) + ", " + steps.get(index));
    }
    // Reading renews lives: what has no end shows only where nothing is read.
    if (steps.size() % 3 != 0) {
      run(new FinalState(), "the state after all steps");
    }
    run(new MailboxesAge(), "the mailboxes as they grow old");
    run(new EndOfLives(), "the end of all lives");
  }

  private void run(Step step, String what) {
    try {
      step.run(this);
      pushes.compare();
    } catch (AssertionError difference) {
      throw new AssertionError(what + ": " + difference.getMessage(), difference);
    }
  }

  /** Calls both stores; if both answer with a value, the two are compared. */
  <T> void call(Function<Side, CompletionStage<T>> call, BiConsumer<T, T> comparison) {
    Both<Answer<T>> answers = call(call);
    if (!answers.memory().isRefused()) {
      comparison.accept(answers.memory().value(), answers.real().value());
    }
  }

  /**
   * Makes several calls to both stores, of which none waits for the one before; those that both
   * answer with a value are compared.
   */
  <T> void callTogether(
      List<Function<Side, CompletionStage<T>>> calls, List<BiConsumer<T, T>> comparisons) {
    List<CompletionStage<T>> underWay = calls.stream().map(call -> call.apply(real)).toList();
    for (int index = 0; index < calls.size(); index++) {
      CompletionStage<T> actual = underWay.get(index);
      Function<Side, CompletionStage<T>> expected = calls.get(index);
      call(side -> side == real ? actual : expected.apply(side), comparisons.get(index));
    }
  }

  /** Calls both stores, whose answers are to be equal. */
  <T> void callEqual(Function<Side, CompletionStage<T>> call) {
    call(call, (expected, actual) -> assertThat(actual).isEqualTo(expected));
  }

  /** Calls both stores, which must both refuse or both answer. */
  <T> Both<Answer<T>> call(Function<Side, CompletionStage<T>> call) {
    Answer<T> expected = Answer.of(call.apply(memory));
    Answer<T> actual = Answer.of(call.apply(real));
    if (!Objects.equals(expected.refusal(), actual.refusal())) {
      throw new AssertionError("memory answers " + expected + ", Redis " + actual);
    }
    return new Both<>(expected, actual);
  }

  /** Lets time pass in both, but for what goes beyond the longest time. */
  void passTime(int count) {
    if (units + count <= MAX_UNITS) {
      units += count;
      Duration duration = UNIT.multipliedBy(count);
      nowMs.addAndGet(duration.toMillis());
      store.passTime(duration);
      awaitNewNumbers();
    }
  }

  /** Forgets everything in both. */
  void wipe() {
    model.wipe();
    store.clear();
    awaitNewNumbers();
  }

  /**
   * A mailbox's first fence and a presence change's number are the time: they are to be others than
   * in an earlier life.
   */
  private void awaitNewNumbers() {
    long highestFence =
        fences.values().stream()
            .flatMap(known -> known.known().stream())
            .mapToLong(Both::real)
            .max()
            .orElse(0);
    store.awaitClockAfter(highestFence);
  }

  Side memory() {
    return memory;
  }

  Side real() {
    return real;
  }

  ComparedStore store() {
    return store;
  }

  Naming names() {
    return naming;
  }

  Same same() {
    return same;
  }

  History history() {
    return history;
  }

  Twins<String> epochs(RoomName room) {
    return epochs.computeIfAbsent(room, unknown -> new Twins<>("epoch of " + room, FOREIGN_EPOCH));
  }

  Twins<Long> fences(ConsumerId consumer) {
    return fences.computeIfAbsent(consumer, unknown -> new Twins<>("fence of " + consumer, 0L));
  }

  /** Returns the numbers of the changes of whether a user is online. */
  Twins<Long> changes(UserId user) {
    return changes.computeIfAbsent(user, unknown -> new Twins<>("change of " + user, 0L));
  }

  NodeId node(int index) {
    return NODES.get(index);
  }

  /**
   * Returns the number of a call, compared with the highest one that there was of the same series;
   * the first one is 1.
   */
  long number(String series, Order order) {
    long highest = numbers.getOrDefault(series, 0L);
    long number =
        switch (order) {
          case NEXT -> highest + 1;
          case SAME -> Math.max(1, highest);
          case EARLIER -> Math.max(1, highest - 1);
          case MUCH_LATER -> highest + MUCH;
        };
    numbers.merge(series, number, Math::max);
    return number;
  }

  /** Returns a position in an epoch that is so many epochs old. */
  Both<Position> position(RoomName room, int epochsAgo, long offset, long timeMs) {
    Both<String> epoch = epochs(room).ago(epochsAgo);
    return new Both<>(
        new Position(epoch.memory(), offset, timeMs), new Position(epoch.real(), offset, timeMs));
  }

  /** Returns how long ago a time of the store in memory was, in ms. */
  long ageInMemory(long timeMs) {
    return nowMs.get() - timeMs;
  }
}
