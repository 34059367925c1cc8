package io.snapper.edge.demo;

import io.snapper.core.Broker;
import io.snapper.core.auth.TokenIssuer;
import io.snapper.core.auth.TokenVerifier;
import io.snapper.core.error.ErrorCode;
import io.snapper.core.error.SnapperException;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/**
 * What the demo's servlets share: whether the demo is on, and its back end's calls in JSON. Thread
 * safe.
 */
public final class DemoEdge {
  /** The longest request, in bytes. */
  static final int BODY_LIMIT = 16 * 1024;

  private final boolean enabled;
  private final DemoBackEnd backEnd;

  /**
   * Creates the edge.
   *
   * @param enabled whether the demo is on; if not, nothing else is ever used
   */
  public DemoEdge(boolean enabled, Broker broker, TokenIssuer issuer, TokenVerifier verifier) {
    this(enabled, BrokerCalls.of(broker), issuer, verifier, Clock.systemUTC(), System::nanoTime);
  }

  DemoEdge(
      boolean enabled,
      BrokerCalls broker,
      TokenIssuer issuer,
      TokenVerifier verifier,
      Clock clock,
      LongSupplier nanoTime) {
    this.enabled = enabled;
    this.backEnd = new DemoBackEnd(broker, issuer, verifier, clock, nanoTime);
  }

  /** Returns whether the demo is on. */
  public boolean isEnabled() {
    return enabled;
  }

  /** Returns the server's time, for a page whose clock goes differently. */
  DemoAnswer clock() {
    return DemoAnswer.of(Json.createObjectBuilder().add("nowMs", backEnd.nowMs()).build());
  }

  /**
   * Carries a call out. The result never fails; it may complete on an engine thread.
   *
   * @param path {@code /demo/session} and so on
   * @param body the request, read up to one byte over {@link #BODY_LIMIT}
   * @param address the caller's
   */
  CompletionStage<DemoAnswer> call(String path, byte[] body, String address) {
    CompletionStage<JsonObject> result;
    try {
      result = dispatch(path, parsed(body), address);
    } catch (RuntimeException refused) {
      result = CompletableFuture.failedFuture(refused);
    }
    return result.thenApply(DemoAnswer::of).exceptionally(DemoAnswer::of);
  }

  private CompletionStage<JsonObject> dispatch(String path, JsonObject call, String address) {
    return switch (path) {
      case DemoServlet.SESSION -> openSession(call, address);
      case DemoServlet.JOIN -> join(call);
      case DemoServlet.LEAVE -> leave(call);
      case DemoServlet.MESSAGES -> publish(call);
      default -> throw new SnapperException(ErrorCode.NOT_FOUND, "the demo has no such call");
    };
  }

  private CompletionStage<JsonObject> openSession(JsonObject call, String address) {
    return backEnd
        .openSession(text(call, "user"), address)
        .thenApply(
            session ->
                Json.createObjectBuilder()
                    .add("token", session.token())
                    .add("consumerId", session.identity().consumer().value())
                    .add(
                        "expiresAt",
                        Instant.ofEpochSecond(session.identity().expiresAtEpochSecond()).toString())
                    .add(
                        "userRoom",
                        Json.createObjectBuilder()
                            .add("room", session.userRoom().value())
                            .add("epoch", session.userState().epoch())
                            .add("top", session.userState().top()))
                    .build());
  }

  private CompletionStage<JsonObject> join(JsonObject call) {
    String room = text(call, "room");
    return backEnd
        .join(text(call, "token"), room)
        .thenApply(
            membership ->
                Json.createObjectBuilder()
                    .add("room", room)
                    .add("joined", membership.isNew())
                    .add("epoch", membership.state().epoch())
                    .add("top", membership.state().top())
                    .build());
  }

  private CompletionStage<JsonObject> leave(JsonObject call) {
    String room = text(call, "room");
    return backEnd
        .leave(text(call, "token"), room)
        .thenApply(
            hasLeft -> Json.createObjectBuilder().add("room", room).add("left", hasLeft).build());
  }

  private CompletionStage<JsonObject> publish(JsonObject call) {
    String room = text(call, "room");
    return backEnd
        .publish(text(call, "token"), room, text(call, "text"))
        .thenApply(
            published ->
                Json.createObjectBuilder()
                    .add("room", room)
                    .add("epoch", published.epoch())
                    .add("offset", published.lastOffset())
                    .build());
  }

  private static JsonObject parsed(byte[] body) {
    if (body.length > BODY_LIMIT) {
      throw new SnapperException(
          ErrorCode.TOO_LARGE, "the request has more than " + BODY_LIMIT + " bytes");
    }
    try (JsonReader reader = Json.createReader(new ByteArrayInputStream(body))) {
      return reader.readObject();
    } catch (JsonException broken) {
      throw SnapperException.invalid("the request must be a JSON object in UTF-8");
    }
  }

  private static String text(JsonObject call, String field) {
    if (call.get(field) instanceof JsonString string) {
      return string.getString();
    }
    throw SnapperException.invalid("the request must have the string '" + field + "'");
  }
}
