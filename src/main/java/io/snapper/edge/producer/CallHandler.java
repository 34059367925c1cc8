package io.snapper.edge.producer;

import io.netty.util.concurrent.EventExecutor;
import io.snapper.core.auth.DeviceKind;
import io.snapper.core.error.SnapperException;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.RoomName;
import io.snapper.core.message.UserId;
import io.snapper.core.store.UserDirectory;
import io.snapper.protocol.jsonrpc.JsonRpcErrorCode;
import io.snapper.protocol.jsonrpc.JsonRpcParams;
import io.snapper.protocol.jsonrpc.PublishParams;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The methods that a producer may call. Reads the params, and queues the broker call whose outcome
 * settles the reply.
 */
final class CallHandler {
  private static final Logger LOG = System.getLogger(CallHandler.class.getName());

  private final BrokerCalls broker;
  private final String producer;
  private final EventExecutor loop;
  private final WorkQueue work;
  private final RoomPublisher publisher;
  private final Runnable onTurnEnd;

  /**
   * A handler for one connection.
   *
   * @param producer the name that its token proves
   * @param onTurnEnd called on the event loop when a call has ended
   */
  CallHandler(
      BrokerCalls broker,
      String producer,
      EventExecutor loop,
      WorkQueue work,
      RoomPublisher publisher,
      Runnable onTurnEnd) {
    this.broker = broker;
    this.producer = producer;
    this.loop = loop;
    this.work = work;
    this.publisher = publisher;
    this.onTurnEnd = onTurnEnd;
  }

  void onCall(String method, Optional<String> params, Reply reply) {
    switch (method) {
      case "publish" -> onPublish(params, reply);
      case "subscribe" -> onMove(params, broker::join, reply);
      case "unsubscribe" -> onMove(params, broker::leave, reply);
      case "consumers" -> onConsumers(params, reply);
      case "echo" -> reply.succeed(params.orElse("null"));
      default -> reply.fail(JsonRpcErrorCode.METHOD_NOT_FOUND);
    }
  }

  private void onPublish(Optional<String> params, Reply reply) {
    Optional<PublishParams> pairs = PublishParams.parse(params);
    if (pairs.isEmpty()) {
      reply.fail(
          JsonRpcErrorCode.INVALID_PARAMS,
          "publish takes [[room, message], …] or one pair [room, message], or these as messages of"
              + " {producer: 1 to 128 characters, sequence: 1 to 2^53-1, messages: …}");
      return;
    }
    Publication publication =
        Publication.of(pairs.get().within(producer), broker.messageLimitBytes(), reply);
    work.addPublish(() -> publisher.add(publication));
  }

  private void onMove(
      Optional<String> params,
      BiFunction<RoomName, ConsumerId, CompletionStage<Boolean>> move,
      Reply reply) {
    Optional<List<String>> names = JsonRpcParams.strings(params);
    if (names.isEmpty() || names.get().size() != 2) {
      reply.fail(JsonRpcErrorCode.INVALID_PARAMS, "the params are [room, consumerId], two strings");
      return;
    }
    RoomName room;
    ConsumerId consumer;
    try {
      room = new RoomName(names.get().get(0));
      consumer = new ConsumerId(names.get().get(1));
    } catch (SnapperException invalid) {
      reply.fail(JsonRpcErrorCode.INVALID_PARAMS, invalid.getMessage());
      return;
    }
    Call<Boolean> call =
        new Call<>(
            () -> move.apply(room, consumer),
            true,
            isChanged -> reply.succeed(isChanged ? "1" : "0"),
            reply,
            () -> work.onMoveEnded(consumer));
    work.addMove(consumer, () -> begin(call, RoomPublisher.SHORTEST_RETRY_MS));
  }

  private void onConsumers(Optional<String> params, Reply reply) {
    Optional<List<String>> names = JsonRpcParams.strings(params);
    if (names.isEmpty() || names.get().size() != 1) {
      reply.fail(JsonRpcErrorCode.INVALID_PARAMS, "the params are [userId], one string");
      return;
    }
    UserId user;
    try {
      user = new UserId(names.get().get(0));
    } catch (SnapperException invalid) {
      reply.fail(JsonRpcErrorCode.INVALID_PARAMS, invalid.getMessage());
      return;
    }
    Call<List<UserDirectory.Connection>> call =
        new Call<>(
            () -> broker.connections(user),
            false,
            connections -> reply.succeed(countsOf(connections)),
            reply,
            work::onLookupEnded);
    work.addLookup(() -> begin(call, RoomPublisher.SHORTEST_RETRY_MS));
  }

  /**
   * A call of the broker.
   *
   * @param isHeld whether it is repeated while the broker refuses it for the time being, as
   *     publications are: what is behind it must find that it has happened
   * @param onEnded runs when the reply is settled
   */
  private record Call<T>(
      Supplier<CompletionStage<T>> begin,
      boolean isHeld,
      Consumer<T> onResult,
      Reply reply,
      Runnable onEnded) {}

  private <T> void begin(Call<T> call, long retryMs) {
    CompletionStage<T> result;
    try {
      result = call.begin().get();
    } catch (RuntimeException failure) {
      result = CompletableFuture.failedStage(failure);
    }
    result.whenComplete(
        (value, failure) -> loop.execute(() -> onOutcome(call, value, failure, retryMs)));
  }

  private <T> void onOutcome(Call<T> call, T value, Throwable failure, long retryMs) {
    if (failure == null) {
      call.onResult().accept(value);
    } else {
      Refusal refusal = Refusal.of(failure);
      if (call.isHeld() && refusal.isTemporary()) {
        long nextRetryMs = Math.min(2 * retryMs, RoomPublisher.LONGEST_RETRY_MS);
        loop.schedule(() -> begin(call, nextRetryMs), retryMs, TimeUnit.MILLISECONDS);
        return;
      }
      fail(call.reply(), refusal);
    }
    call.onEnded().run();
    onTurnEnd.run();
  }

  private static void fail(Reply reply, Refusal refusal) {
    if (refusal.fault() != null) {
      LOG.log(Level.ERROR, "a producer's call failed", refusal.fault());
    }
    reply.fail(refusal.error(), refusal.reason());
  }

  private static String countsOf(List<UserDirectory.Connection> connections) {
    int[] counts = new int[DeviceKind.values().length];
    for (UserDirectory.Connection connection : connections) {
      counts[connection.device().ordinal()]++;
    }
    return "{\"length\":"
        + connections.size()
        + ",\"android\":"
        + counts[DeviceKind.ANDROID.ordinal()]
        + ",\"ios\":"
        + counts[DeviceKind.IOS.ordinal()]
        + ",\"web\":"
        + counts[DeviceKind.WEB.ordinal()]
        + "}";
  }
}
