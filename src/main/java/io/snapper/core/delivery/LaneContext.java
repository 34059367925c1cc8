package io.snapper.core.delivery;

import io.snapper.core.Scheduler;
import io.snapper.core.error.ErrorCode;
import io.snapper.core.error.SnapperException;
import io.snapper.core.message.NodeId;
import io.snapper.core.room.RoomInterests;
import io.snapper.core.store.Mailboxes;
import io.snapper.core.store.PushChannel;
import io.snapper.core.store.RoomLog;
import io.snapper.core.store.UserDirectory;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * What the parts of a lane work with.
 *
 * @param index the lane's number on its node, from 0
 * @param nanoTime the clock of deadlines
 * @param wallClockMs the clock of token expiry, in ms since 1970
 */
record LaneContext(
    int index,
    NodeId node,
    LaneExecutor executor,
    Scheduler scheduler,
    LongSupplier nanoTime,
    LongSupplier wallClockMs,
    RoomLog roomLog,
    Mailboxes mailboxes,
    UserDirectory users,
    RoomInterests interests,
    PushChannel pushes,
    DeliveryOptions options) {

  /** Runs {@code onLane} on the lane with the stage's result, or with null and why it failed. */
  <T> void whenDone(CompletionStage<T> stage, BiConsumer<T, SnapperException> onLane) {
    stage.whenComplete(
        (result, failure) ->
            executor.execute(
                () -> onLane.accept(result, failure == null ? null : refusal(failure))));
  }

  /** Runs {@code onLane} on the lane, {@code delayMs} from now. */
  void later(long delayMs, Runnable onLane) {
    scheduler.schedule(delayMs, () -> executor.execute(onLane));
  }

  /** Puts the session's connection on its user's list, under its present fence. */
  CompletionStage<Void> enterDirectory(LaneSession session) {
    return users
        .enter(
            session.identity().user(),
            new UserDirectory.Connection(
                session.consumer(),
                node,
                session.identity().device(),
                session.fence,
                wallClockMs.getAsLong()))
        .thenAccept(entered -> {});
  }

  void assertOwner() {
    assert executor.isOwner() : "lane " + index + " touched by " + Thread.currentThread().getName();
  }

  private static SnapperException refusal(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof SnapperException refusal
        ? refusal
        : new SnapperException(ErrorCode.INTERNAL, "a store operation failed: " + cause, cause);
  }
}
