package io.snapper.edge.rest;

import io.snapper.core.Broker;
import io.snapper.core.PublishOptions;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.Published;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Publishes what requests ask for and answers them. */
@ApplicationScoped
public class Publications {
  private final Broker broker;
  private final AnswerThreads threads;

  /** For the container's proxy. */
  Publications() {
    this(null, null);
  }

  @Inject
  public Publications(Broker broker, AnswerThreads threads) {
    this.broker = broker;
    this.threads = threads;
  }

  /** Publishes to one room: all messages or none. */
  public CompletionStage<Response> push(RoomName room, PushRequest request, String idempotencyKey) {
    return push(
        room,
        request,
        idempotencyKey,
        options -> broker.publish(room, request.messages(), options));
  }

  /**
   * Publishes to one room by {@code call}.
   *
   * @param room what the answer names
   */
  public CompletionStage<Response> push(
      RoomName room,
      PushRequest request,
      String idempotencyKey,
      Function<PublishOptions, CompletionStage<Published>> call) {
    IdempotencyKey key = IdempotencyKey.parse(idempotencyKey);
    checkSizes("", request.messages());
    return threads.answer(
        call.apply(key.options()),
        published -> answer(Response.ok(PushAnswer.of(room, published)), published.repeated()));
  }

  /** Publishes to many rooms, each entry on its own. */
  public CompletionStage<Response> push(BatchRequest request, String idempotencyKey) {
    IdempotencyKey key = IdempotencyKey.parse(idempotencyKey);
    return pushAll(request.entries(), key::options);
  }

  /** Publishes the same to many users, for each on its own. */
  public CompletionStage<Response> push(UsersPushRequest request, String idempotencyKey) {
    IdempotencyKey key = IdempotencyKey.parse(idempotencyKey);
    checkSizes("", request.messages());
    return pushAll(request.deliveries(), index -> key.options());
  }

  private CompletionStage<Response> pushAll(
      List<Delivery> deliveries, IntFunction<PublishOptions> options) {
    List<CompletableFuture<Outcome>> outcomes = new ArrayList<>(deliveries.size());
    for (int index = 0; index < deliveries.size(); index++) {
      outcomes.add(outcome(deliveries.get(index), options.apply(index)));
    }
    CompletableFuture<Void> all =
        CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new));
    return threads.answer(
        all, done -> batchAnswer(outcomes.stream().map(CompletableFuture::join).toList()));
  }

  private CompletableFuture<Outcome> outcome(Delivery delivery, PublishOptions options) {
    if (delivery.refusal() != null) {
      return CompletableFuture.completedFuture(Outcome.refused(delivery, delivery.refusal()));
    }
    try {
      checkSizes(delivery.place() + ".", delivery.messages());
      return broker
          .publish(delivery.room(), delivery.messages(), options)
          .handle((published, failure) -> Outcome.of(delivery, published, failure))
          .toCompletableFuture();
    } catch (RuntimeException refused) {
      return CompletableFuture.completedFuture(Outcome.of(delivery, null, refused));
    }
  }

  /**
   * Returns the answer to a batch. One of which nothing was stored because the broker can't serve
   * is refused as a whole, so that callers who retry on 503 do.
   */
  private static Response batchAnswer(List<Outcome> outcomes) {
    List<BatchAnswer.Entry> results = outcomes.stream().map(Outcome::entry).toList();
    int accepted = (int) results.stream().filter(entry -> entry.problem() == null).count();
    if (accepted == 0 && results.stream().allMatch(entry -> entry.problem().worthRetrying())) {
      return Problems.response(results.get(0).problem());
    }
    BatchAnswer answer = new BatchAnswer(accepted, results.size() - accepted, results);
    boolean repeated =
        outcomes.stream()
            .allMatch(outcome -> outcome.entry().problem() != null || outcome.repeated());
    return answer(
        Response.status(accepted == results.size() ? 200 : 207).entity(answer),
        accepted > 0 && repeated);
  }

  private static Response answer(Response.ResponseBuilder answer, boolean repeated) {
    return repeated ? answer.header(IdempotencyKey.REPLAYED, "true").build() : answer.build();
  }

  /** The broker checks, too; here the refusal can say which of the messages it is. */
  private void checkSizes(String place, List<String> messages) {
    int limit = broker.messageLimitBytes();
    for (int index = 0; index < messages.size(); index++) {
      long bytes = PayloadSize.bytes(messages.get(index));
      if (bytes > limit) {
        String field = place + (messages.size() == 1 ? "message" : "messages[" + index + "]");
        throw ProblemException.tooLarge(
            field,
            field + " has " + bytes + " bytes of UTF-8; the limit is " + limit,
            bytes,
            limit);
      }
    }
  }

  /** What became of one entry, and whether an earlier request had stored it. */
  private record Outcome(BatchAnswer.Entry entry, boolean repeated) {
    static Outcome of(Delivery delivery, Published published, Throwable failure) {
      if (failure != null) {
        return refused(delivery, Problems.of(failure));
      }
      PushAnswer pushed = PushAnswer.of(delivery.room(), published);
      return new Outcome(
          new BatchAnswer.Entry(delivery.target(), 200, pushed, null), published.repeated());
    }

    static Outcome refused(Delivery delivery, Problem problem) {
      return new Outcome(
          new BatchAnswer.Entry(delivery.target(), problem.status(), null, problem), false);
    }
  }
}
