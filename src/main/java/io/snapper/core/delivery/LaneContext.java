package io.snapper.core.delivery;

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
 * @param lanes how many lanes the node has
 * @param shared what it shares with the other lanes of its node
 */
record LaneContext(int index, int lanes, LaneExecutor executor, Lanes.Parts shared) {
  NodeId node() {
    return shared.node();
  }

  /** The clock of deadlines. */
  LongSupplier nanoTime() {
    return shared.nanoTime();
  }

  /** The clock of token expiry, in ms since 1970. */
  LongSupplier wallClockMs() {
    return shared.wallClockMs();
  }

  RoomLog roomLog() {
    return shared.roomLog();
  }

  Mailboxes mailboxes() {
    return shared.mailboxes();
  }

  UserDirectory users() {
    return shared.users();
  }

  RoomInterests interests() {
    return shared.interests();
  }

  PushChannel pushes() {
    return shared.pushes();
  }

  Lease lease() {
    return shared.lease();
  }

  DeliveryOptions options() {
    return shared.options();
  }

  /** Returns the lane's part of a limit that holds for its node, 1 or more. */
  int shareOf(int nodeLimit) {
    return Math.max(1, (nodeLimit + lanes - 1) / lanes);
  }

  /** Runs {@code onLane} on the lane with the stage's result, or with null and why it failed. */
  <T> void whenDone(CompletionStage<T> stage, BiConsumer<T, SnapperException> onLane) {
    stage.whenComplete(
        (result, failure) ->
            executor.execute(
                () -> onLane.accept(result, failure == null ? null : refusal(failure))));
  }

  /** Runs {@code onLane} on the lane, {@code delayMs} from now. */
  void later(long delayMs, Runnable onLane) {
    shared.scheduler().schedule(delayMs, () -> executor.execute(onLane));
  }

  /**
   * Puts the session's connection on its user's list, under its present fence. Returns whether it
   * is there: the list may know a later claim.
   */
  CompletionStage<Boolean> enterDirectory(LaneSession session) {
    return users()
        .enter(
            session.identity().user(),
            new UserDirectory.Connection(
                session.consumer(),
                node(),
                session.identity().device(),
                session.fence,
                wallClockMs().getAsLong()))
        .thenApply(UserDirectory.Outcome::isDone);
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
