package io.snapper.core.delivery;

import io.snapper.core.message.ConsumerId;
import io.snapper.core.store.Mailbox;
import io.snapper.core.store.MailboxUpdate;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Writes the last state of sessions that have ended, and repeats that until the store takes it: a
 * mailbox that stays owned would never end. A new session of the same consumer waits for it. Owned
 * by the lane.
 */
final class SessionCloser {
  private static final Logger LOG = System.getLogger(SessionCloser.class.getName());
  private static final long RETRY_DELAY_MS = 1_000;

  private final LaneContext context;
  private final Predicate<ConsumerId> isConnected;
  private final Map<ConsumerId, CompletableFuture<Void>> closing = new HashMap<>();

  /**
   * Creates a closer.
   *
   * @param isConnected whether the lane has a session of the consumer now
   */
  SessionCloser(LaneContext context, Predicate<ConsumerId> isConnected) {
    this.context = context;
    this.isConnected = isConnected;
  }

  /** Runs {@code action} once nothing of an earlier session of this consumer is under way. */
  void whenIdle(ConsumerId consumer, Runnable action) {
    CompletableFuture<Void> underWay = closing.get(consumer);
    if (underWay == null) {
      action.run();
    } else {
      context.whenDone(underWay, (ignored, failure) -> whenIdle(consumer, action));
    }
  }

  /**
   * Makes what comes later for this consumer wait for {@code claim}: a claim that was overtaken by
   * a later session's would take the mailbox from it.
   */
  void await(ConsumerId consumer, CompletionStage<Void> claim) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    closing.put(consumer, done);
    context.whenDone(claim, (ignored, failure) -> end(consumer, done));
  }

  private void end(ConsumerId consumer, CompletableFuture<Void> done) {
    closing.remove(consumer, done);
    done.complete(null);
  }

  private CompletionStage<Void> pending(ConsumerId consumer) {
    return closing.getOrDefault(consumer, CompletableFuture.completedFuture(null));
  }

  /** Returns the number of consumers whose last state is being written. */
  int size() {
    return closing.size();
  }

  /**
   * Writes a session's last state; {@code lastState} has its fence. Whoever owns the mailbox
   * answers for the user's list: so the connection is taken off it first, or by who took the
   * mailbox.
   */
  void close(LaneSession session, MailboxUpdate lastState) {
    if (session.isEvicted) {
      until(session.consumer(), () -> context.mailboxes().handOver(lastState));
    } else {
      leaveDirectory(session, session.fence);
      until(session.consumer(), () -> releaseOrHandOver(lastState));
    }
  }

  /**
   * Writes the last state of a session that another one of this node follows at once: the mailbox
   * stays this node's, and the user online.
   */
  void passOn(LaneSession session, MailboxUpdate lastState) {
    if (session.isEvicted) {
      close(session, lastState);
      return;
    }
    until(
        session.consumer(),
        () ->
            context
                .mailboxes()
                .save(List.of(lastState))
                .thenCompose(
                    stale ->
                        stale.isEmpty()
                            ? CompletableFuture.completedFuture(true)
                            : releaseOrHandOver(lastState)));
  }

  /** Gives up what an earlier session left to one that never claimed the mailbox itself. */
  void closeInherited(LaneSession session) {
    leaveDirectory(session, session.inheritedFence);
    releaseIfOwned(session);
  }

  /**
   * A consumer that has moved to another node is claimed there about when its connection ends here:
   * then nobody is left to be evicted, and the new owner waits for this state all the same.
   */
  private CompletionStage<Boolean> releaseOrHandOver(MailboxUpdate lastState) {
    return release(lastState)
        .thenCompose(
            isReleased ->
                isReleased
                    ? CompletableFuture.completedFuture(true)
                    : context.mailboxes().handOver(lastState));
  }

  /**
   * Gives up a mailbox whose content was never complete here, and leaves that content as it is: an
   * earlier owner's last state may have come meanwhile, or still come.
   */
  void closeUnused(LaneSession session) {
    if (session.isEvicted) {
      return;
    }
    MailboxUpdate unchanged = MailboxUpdate.unchanged(session.consumer(), session.fence);
    leaveDirectory(session, session.fence);
    until(session.consumer(), () -> release(unchanged));
  }

  private CompletionStage<Boolean> release(MailboxUpdate lastState) {
    return context.mailboxes().release(lastState, context.node(), context.options().mailboxLife());
  }

  private void leaveDirectory(LaneSession session, long fence) {
    until(
        session.consumer(),
        () -> context.users().leave(session.identity().user(), session.consumer(), fence));
  }

  /** A claim failed with an unknown outcome: if it did succeed, nobody holds the mailbox. */
  void releaseIfOwned(LaneSession session) {
    until(
        session.consumer(),
        () ->
            context
                .mailboxes()
                .read(session.consumer())
                .thenComposeAsync(mailbox -> releaseUnused(session, mailbox), context.executor()));
  }

  private CompletionStage<Boolean> releaseUnused(LaneSession session, Optional<Mailbox> mailbox) {
    ConsumerId consumer = session.consumer();
    boolean isOurs =
        mailbox.flatMap(Mailbox::owner).filter(context.node()::equals).isPresent()
            && !isConnected.test(consumer);
    if (!isOurs) {
      return CompletableFuture.completedFuture(false);
    }
    long fence = mailbox.get().fence();
    // The claim may have taken it from another node, which then left the user's list to this one.
    return context
        .users()
        .leave(session.identity().user(), consumer, fence)
        .thenCompose(left -> release(MailboxUpdate.unchanged(consumer, fence)));
  }

  /**
   * Runs the operation after those before it for this consumer, again and again while the store is
   * away.
   */
  private void until(ConsumerId consumer, Supplier<CompletionStage<?>> operation) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    CompletionStage<Void> before = pending(consumer);
    closing.put(consumer, done);
    context.whenDone(before, (ignored, failure) -> attempt(consumer, operation, done));
  }

  private void attempt(
      ConsumerId consumer, Supplier<CompletionStage<?>> operation, CompletableFuture<Void> done) {
    context.whenDone(
        operation.get(),
        (ignored, failure) -> {
          if (failure != null && failure.code().isTemporary()) {
            context.later(RETRY_DELAY_MS, () -> attempt(consumer, operation, done));
            return;
          }
          if (failure != null) {
            LOG.log(
                Level.WARNING, "the last state of " + consumer + " could not be written", failure);
          }
          end(consumer, done);
        });
  }
}
