package io.snapper.core.node;

import io.snapper.core.Scheduler;
import io.snapper.core.delivery.Lease;
import io.snapper.core.error.SnapperException;
import io.snapper.core.message.NodeId;
import io.snapper.core.store.Mailboxes;
import io.snapper.core.store.NodeRegistry;
import io.snapper.core.store.NodeRegistry.Heartbeat;
import io.snapper.core.store.NodeRegistry.NodeReport;
import io.snapper.core.store.PushChannel;
import io.snapper.core.store.UserDirectory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Keeps this node's lease, reports its counters, and cleans up after nodes whose lease has ended:
 * gives up their mailboxes and takes their connections off the users' lists. Every step may be done
 * again without harm, so a clean-up that dies half-way is begun anew by another node.
 *
 * <p>An outage of the store ends the leases of all nodes, and whoever gets through first would take
 * the others for dead. So a node does that only if the store has answered its own heartbeats for
 * the length of a lease, without a silence in which a living node could have missed its time.
 */
public final class NodeKeeper {
  private static final Logger LOG = System.getLogger(NodeKeeper.class.getName());

  private final NodeId node;
  private final NodeRegistry registry;
  private final Mailboxes mailboxes;
  private final UserDirectory users;
  private final PushChannel pushes;
  private final Scheduler scheduler;
  private final Options options;
  private final Supplier<NodeReport> report;
  private final LongSupplier nanoTime;
  private final Lease lease;
  private final Listener listener;

  /** The clean-ups that this node is doing. */
  private final Map<NodeId, DeadNodeCleanUp> cleanUps = new ConcurrentHashMap<>();

  private volatile boolean isStopped;
  private volatile boolean hasLease;
  private volatile boolean isAnswerMissing;
  private volatile boolean isBeating;
  private volatile long lastContactNanos;

  /** Since when the store has answered without such a silence. */
  private volatile long answeringSinceNanos;

  private volatile Set<NodeId> deadNodes = Set.of();

  /**
   * The times of a node's life.
   *
   * @param heartbeat how often the lease is renewed
   * @param lease how long it lasts
   * @param mailboxLife how long the mailboxes of a dead node's consumers live
   */
  public record Options(Duration heartbeat, Duration lease, Duration mailboxLife) {}

  /** What the node does with what the keeper learns. */
  public interface Listener {
    /** The store has answered a heartbeat. */
    void onContact();

    /** The lease had ended: others may have cleaned up after this node as if it were dead. */
    void onLeaseLost();

    /** This node has cleaned up after another one. */
    void onCleanedUp();
  }

  /** Creates a keeper; it works from {@link #start} on. */
  public NodeKeeper(
      NodeId node,
      NodeRegistry registry,
      Mailboxes mailboxes,
      UserDirectory users,
      PushChannel pushes,
      Scheduler scheduler,
      LongSupplier nanoTime,
      Lease lease,
      Options options,
      Supplier<NodeReport> report,
      Listener listener) {
    this.node = node;
    this.registry = registry;
    this.mailboxes = mailboxes;
    this.users = users;
    this.pushes = pushes;
    this.scheduler = scheduler;
    this.nanoTime = nanoTime;
    this.lease = lease;
    this.options = options;
    this.report = report;
    this.listener = listener;
    this.lastContactNanos = nanoTime.getAsLong() - options.lease().toNanos();
  }

  /**
   * Takes the lease; completes when the store has granted it, however long that takes, and goes on
   * until {@link #stop}. Fails if the store refuses.
   */
  public CompletionStage<Void> start() {
    CompletableFuture<Void> granted = new CompletableFuture<>();
    takeLease(granted);
    return granted;
  }

  private void takeLease(CompletableFuture<Void> granted) {
    beat()
        .whenComplete(
            (heartbeat, failure) -> {
              if (failure == null) {
                scheduleBeat();
                granted.complete(null);
              } else if (!SnapperException.isUnavailable(failure)) {
                granted.completeExceptionally(failure);
              } else if (!isStopped) {
                scheduler.schedule(options.heartbeat().toMillis(), () -> takeLease(granted));
              }
            });
  }

  /** Gives up the lease and every entry of this node; the consumers must have been released. */
  public CompletionStage<Void> stop() {
    isStopped = true;
    return registry.remove(node);
  }

  /**
   * Keeps the lease no more, but leaves its end and the entries of this node to the others: there
   * is something that only they can finish.
   */
  public void leaveToOthers() {
    isStopped = true;
  }

  /**
   * Returns the nodes that were dead at the last heartbeat: what the store has of them is not true
   * any more.
   */
  public Set<NodeId> deadNodes() {
    return deadNodes;
  }

  /** Returns the time since the store last answered, in ms. */
  public long silenceMs() {
    return (nanoTime.getAsLong() - lastContactNanos) / 1_000_000;
  }

  /** Returns whether the lease holds as far as this node can know. */
  public boolean isLeaseHeld() {
    return lease.isHeld(nanoTime.getAsLong());
  }

  private void scheduleBeat() {
    scheduler.schedule(
        options.heartbeat().toMillis(),
        () -> {
          if (isStopped) {
            return;
          }
          scheduleBeat();
          if (!isBeating) {
            beat();
          }
        });
  }

  private CompletionStage<Heartbeat> beat() {
    isBeating = true;
    long askedNanos = nanoTime.getAsLong();
    return registry
        .beat(node, report.get(), options.lease())
        .whenComplete(
            (heartbeat, failure) -> {
              isBeating = false;
              if (failure == null) {
                onBeat(heartbeat, askedNanos);
              } else {
                isAnswerMissing = hasLease;
              }
            });
  }

  private void onBeat(Heartbeat heartbeat, long askedNanos) {
    long nowNanos = nanoTime.getAsLong();
    long silenceNanos = nowNanos - lastContactNanos;
    lastContactNanos = askedNanos;
    // It counts from when it was asked for, which is before the store granted it.
    boolean hadRunOut =
        lease.renew(askedNanos + options.lease().toNanos(), nowNanos, heartbeat.wasExpired());
    // In a shorter silence of the store every living node renews its lease in time.
    long longestSilenceNanos = options.lease().minus(options.heartbeat()).toNanos();
    if (hadRunOut || silenceNanos >= longestSilenceNanos) {
      answeringSinceNanos = nowNanos;
    }
    boolean couldOthersBeat = askedNanos - answeringSinceNanos >= options.lease().toNanos();
    deadNodes = couldOthersBeat ? heartbeat.dead() : Set.of();
    // A heartbeat whose answer is missing may have been the one that found the lease gone.
    boolean mayHaveEnded = isAnswerMissing;
    isAnswerMissing = false;
    hasLease = true;
    listener.onContact();
    if (hadRunOut) {
      LOG.log(Level.WARNING, "this node's lease had ended; comparing everything with the store");
      listener.onLeaseLost();
    } else if (mayHaveEnded) {
      LOG.log(Level.INFO, "a heartbeat had no answer; comparing everything with the store");
      listener.onLeaseLost();
    }
    // One that takes long stays this node's.
    cleanUps.values().forEach(DeadNodeCleanUp::renew);
    if (couldOthersBeat) {
      heartbeat.expired().stream().filter(dead -> !dead.equals(node)).forEach(this::takeOver);
    }
  }

  private CompletionStage<Boolean> claimCleanUp(NodeId dead) {
    return registry.takeOver(dead, node, options.lease());
  }

  private void takeOver(NodeId dead) {
    claimCleanUp(dead)
        .thenCompose(
            isOurs -> isOurs ? cleanUp(dead) : CompletableFuture.<Void>completedFuture(null))
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                LOG.log(
                    Level.WARNING,
                    "cleaning up after node "
                        + dead
                        + " was interrupted; it will be tried again: "
                        + failure.getMessage());
              }
            });
  }

  private CompletionStage<Void> cleanUp(NodeId dead) {
    DeadNodeCleanUp cleanUp =
        new DeadNodeCleanUp(
            dead,
            registry,
            mailboxes,
            users,
            options.mailboxLife(),
            pushes.partitions(),
            step -> scheduler.schedule(0, step),
            () -> claimCleanUp(dead));
    if (cleanUps.putIfAbsent(dead, cleanUp) != null) {
      return CompletableFuture.completedFuture(null);
    }
    LOG.log(Level.INFO, "cleaning up after node {0}, whose lease has ended", dead);
    return cleanUp
        .run()
        .whenComplete((isDone, failure) -> cleanUps.remove(dead))
        .thenAccept(
            isDone -> {
              if (isDone) {
                listener.onCleanedUp();
              } else {
                LOG.log(Level.INFO, "node {0} lives again, or another one cleans up", dead);
              }
            });
  }
}
