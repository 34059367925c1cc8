package io.snapper.core.presence;

import io.snapper.core.Guarded;
import io.snapper.core.Scheduler;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.UserId;
import io.snapper.core.store.PresenceChange;
import io.snapper.core.store.PresenceLog;
import io.snapper.core.store.PresenceLog.Request;
import io.snapper.core.store.PresenceLog.Taken;
import io.snapper.core.store.UserDirectory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;

/**
 * Tells a node's listener who comes online and who goes: takes what waits in the store, partition
 * by partition, and says what it has told.
 *
 * <p>A node looks into a partition when one of its own calls has changed something there; what it
 * wants is gathered for {@link #GATHER_MS} and asked for together. If another node is telling that
 * partition, that one finds the change when it says what it has told; if it dies before, its lease
 * ends, and this one asks again then. Thread safe.
 */
public final class PresenceTeller {
  /** How long what is wanted is gathered, in ms. */
  static final long GATHER_MS = 25;

  /** The most changes of one partition that are taken at once. */
  static final int MAX_CHANGES = 128;

  private static final Logger LOG = System.getLogger(PresenceTeller.class.getName());
  private static final long RETRY_MS = 1_000;
  private static final int RENEWALS_PER_LEASE = 3;

  private final NodeId node;
  private final PresenceLog log;
  private final Scheduler scheduler;
  private final LongSupplier nanoTime;
  private final Duration lease;
  private final Executor listenerExecutor;
  private final PresenceListener listener;

  /** What is to be asked for: the partition, and the last change that was told. Guarded by this. */
  private final Map<Integer, Long> wanted = new TreeMap<>();

  /** What is asked for or being told. Guarded by this. */
  private final Map<Integer, Turn> turns = new HashMap<>();

  /** What another node has, and is asked for again when its lease ends. Guarded by this. */
  private final Set<Integer> postponed = new HashSet<>();

  private boolean isGathering;
  private boolean isRenewing;
  private CompletableFuture<Void> idle;

  /** One partition, from the question to the end of the telling. Guarded by the teller. */
  private static final class Turn {
    private boolean isTelling;
    private boolean isWantedAgain;
    private boolean isLost;
    private long toldNumber;
    private long deadlineNanos;
  }

  /**
   * Creates a teller; it works when something is wanted.
   *
   * @param lease how long this node may tell a partition without having asked again
   * @param listenerExecutor runs the listener; one task at a time, in order
   */
  public PresenceTeller(
      NodeId node,
      PresenceLog log,
      Scheduler scheduler,
      LongSupplier nanoTime,
      Duration lease,
      Executor listenerExecutor,
      PresenceListener listener) {
    this.node = node;
    this.log = log;
    this.scheduler = scheduler;
    this.nanoTime = nanoTime;
    this.lease = lease;
    this.listenerExecutor = listenerExecutor;
    this.listener = listener;
  }

  /** Returns the directory through which this node's calls are to go. */
  public UserDirectory directory() {
    return new WatchedDirectory();
  }

  private final class WatchedDirectory implements UserDirectory {
    @Override
    public CompletionStage<Outcome> enter(UserId user, Connection connection) {
      return log.enter(user, connection).thenApply(outcome -> look(user, outcome));
    }

    @Override
    public CompletionStage<Outcome> leave(UserId user, ConsumerId consumer, long fence) {
      return log.leave(user, consumer, fence).thenApply(outcome -> look(user, outcome));
    }

    @Override
    public CompletionStage<List<Connection>> connections(UserId user) {
      return log.connections(user);
    }

    private Outcome look(UserId user, Outcome outcome) {
      if (outcome.hasUntoldChanges()) {
        want(log.partitionOf(user), 0);
      }
      return outcome;
    }
  }

  /** Looks into every partition: somebody who should have done it may be gone. */
  public synchronized void lookEverywhere() {
    for (int partition = 0; partition < log.partitions(); partition++) {
      want(partition, 0);
    }
  }

  /** Returns what completes when nothing is left that this node has to tell. */
  public synchronized CompletionStage<Void> whenIdle() {
    if (idle == null) {
      idle = new CompletableFuture<>();
    }
    CompletionStage<Void> awaited = idle;
    completeIfIdle();
    return awaited;
  }

  private void completeIfIdle() {
    if (idle != null && wanted.isEmpty() && turns.isEmpty() && postponed.isEmpty()) {
      idle.complete(null);
      idle = null;
    }
  }

  private synchronized void want(int partition, long toldNumber) {
    Turn turn = turns.get(partition);
    if (turn != null) {
      turn.isWantedAgain = true;
      return;
    }
    wanted.merge(partition, toldNumber, Math::max);
    gatherIn(GATHER_MS);
  }

  private void gatherIn(long delayMs) {
    if (!isGathering) {
      isGathering = true;
      scheduler.schedule(delayMs, this::ask);
    }
  }

  private void ask() {
    List<Request> requests = new ArrayList<>();
    synchronized (this) {
      isGathering = false;
      wanted.forEach(
          (partition, toldNumber) -> {
            requests.add(new Request(partition, toldNumber));
            turns.put(partition, new Turn());
          });
      wanted.clear();
    }
    long askedNanos = nanoTime.getAsLong();
    log.take(node, requests, lease, MAX_CHANGES)
        .whenComplete((answers, failure) -> onAnswers(requests, answers, failure, askedNanos));
  }

  private synchronized void onAnswers(
      List<Request> requests, List<Taken> answers, Throwable failure, long askedNanos) {
    if (failure != null) {
      for (Request request : requests) {
        turns.remove(request.partition());
        wanted.merge(request.partition(), request.toldNumber(), Math::max);
      }
      LOG.log(Level.DEBUG, "who came online and who went can't be told yet", failure);
      gatherIn(RETRY_MS);
      return;
    }
    for (int index = 0; index < requests.size(); index++) {
      onAnswer(requests.get(index).partition(), answers.get(index), askedNanos);
    }
    completeIfIdle();
  }

  private void onAnswer(int partition, Taken taken, long askedNanos) {
    Turn turn = turns.get(partition);
    if (taken.changes().isEmpty()) {
      turns.remove(partition);
      if (taken.heldElsewhereMs() > 0) {
        postpone(partition, taken.heldElsewhereMs());
      } else if (turn.isWantedAgain) {
        want(partition, 0);
      }
      return;
    }
    turn.isTelling = true;
    turn.deadlineNanos = askedNanos + lease.toNanos();
    renewLater();
    try {
      listenerExecutor.execute(() -> tell(partition, turn, taken.changes()));
    } catch (RejectedExecutionException stopped) {
      turns.remove(partition);
    }
  }

  private void postpone(int partition, long heldMs) {
    if (postponed.add(partition)) {
      scheduler.schedule(
          heldMs + GATHER_MS,
          () -> {
            synchronized (this) {
              postponed.remove(partition);
              want(partition, 0);
            }
          });
    }
  }

  private void tell(int partition, Turn turn, List<PresenceChange> changes) {
    for (PresenceChange change : changes) {
      if (!mayTell(turn)) {
        break;
      }
      Guarded.run(() -> listener.onChange(change), LOG, () -> "a listener failed at " + change);
      synchronized (this) {
        turn.toldNumber = change.number();
      }
    }
    synchronized (this) {
      turns.remove(partition);
      want(partition, turn.toldNumber);
    }
  }

  private synchronized boolean mayTell(Turn turn) {
    return !turn.isLost && nanoTime.getAsLong() - turn.deadlineNanos < 0;
  }

  private void renewLater() {
    if (!isRenewing) {
      isRenewing = true;
      scheduler.schedule(lease.toMillis() / RENEWALS_PER_LEASE, this::renew);
    }
  }

  /** Keeps the right to tell what a slow listener has not heard yet. */
  private void renew() {
    List<Request> requests = new ArrayList<>();
    List<Turn> renewed = new ArrayList<>();
    synchronized (this) {
      isRenewing = false;
      turns.forEach(
          (partition, turn) -> {
            if (turn.isTelling) {
              requests.add(new Request(partition, turn.toldNumber));
              renewed.add(turn);
            }
          });
      if (requests.isEmpty()) {
        return;
      }
      renewLater();
    }
    long askedNanos = nanoTime.getAsLong();
    log.take(node, requests, lease, 1)
        .whenComplete(
            (answers, failure) -> {
              if (failure == null) {
                onRenewed(requests, renewed, answers, askedNanos);
              }
            });
  }

  private synchronized void onRenewed(
      List<Request> requests, List<Turn> renewed, List<Taken> answers, long askedNanos) {
    for (int index = 0; index < requests.size(); index++) {
      int partition = requests.get(index).partition();
      Turn turn = renewed.get(index);
      boolean isTaken = !answers.get(index).changes().isEmpty();
      if (turns.get(partition) == turn) {
        // Nothing left, though not all is told: another node has told it.
        turn.isLost |= !isTaken;
        turn.deadlineNanos = askedNanos + lease.toNanos();
      } else if (isTaken) {
        // The telling has ended meanwhile, and this call may have come after its end.
        want(partition, 0);
      }
    }
  }
}
