package io.snapper.edge.demo;

import io.snapper.core.auth.ConsumerIdentity;
import io.snapper.core.auth.DeviceKind;
import io.snapper.core.auth.TokenIssuer;
import io.snapper.core.auth.TokenVerifier;
import io.snapper.core.error.ErrorCode;
import io.snapper.core.error.SnapperException;
import io.snapper.core.message.RoomName;
import io.snapper.core.message.UserId;
import io.snapper.core.store.Published;
import io.snapper.core.store.RoomState;
import jakarta.json.Json;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What an operator's back end does, for whoever opens the demo page: it gives a token to every
 * name, permits joins and publishes what a consumer says. Thread safe; refusals are {@link
 * SnapperException}s, thrown or in the result.
 */
final class DemoBackEnd {
  /** The longest user name, in characters. */
  static final int USER_LIMIT = 64;

  /** The longest text, in characters. */
  static final int TEXT_LIMIT = 2000;

  private static final Duration SESSION_LIFE = Duration.ofHours(12);
  private static final long LONGEST_EXTENSION_SECONDS = 1800;

  private final BrokerCalls broker;
  private final TokenIssuer issuer;
  private final TokenVerifier verifier;
  private final Clock clock;
  private final RateLimit sessionsOfAddress;
  private final RateLimit callsOfConsumer;
  private final long sessionLifeSeconds;
  private final AtomicLong lastEndEpochSecond = new AtomicLong();

  DemoBackEnd(
      BrokerCalls broker,
      TokenIssuer issuer,
      TokenVerifier verifier,
      Clock clock,
      LongSupplier nanoTime) {
    this.broker = broker;
    this.issuer = issuer;
    this.verifier = verifier;
    this.clock = clock;
    this.sessionsOfAddress = new RateLimit("new sessions", 60, Duration.ofMillis(500), nanoTime);
    this.callsOfConsumer = new RateLimit("calls", 60, Duration.ofMillis(50), nanoTime);
    this.sessionLifeSeconds =
        SESSION_LIFE.toSeconds() + ThreadLocalRandom.current().nextLong(LONGEST_EXTENSION_SECONDS);
  }

  /** Who a tab is from now on, and where its user's own room stands. */
  record Session(String token, ConsumerIdentity identity, RoomName userRoom, RoomState userState) {}

  /** A room that a tab is in. */
  record Membership(boolean isNew, RoomState state) {}

  /** Makes a token for a new tab of a user; {@code address} is the caller's. */
  CompletionStage<Session> openSession(String userName, String address) {
    limit("user", userName, USER_LIMIT);
    UserId user = new UserId(userName);
    sessionsOfAddress.take(address);
    String token = issuer.issueConsumer(user, DeviceKind.WEB, nextEndEpochSecond());
    ConsumerIdentity identity = verifier.verifyConsumer(token);
    RoomName userRoom = RoomName.ofUser(user);
    return broker.state(userRoom).thenApply(state -> new Session(token, identity, userRoom, state));
  }

  CompletionStage<Membership> join(String token, String roomName) {
    ConsumerIdentity identity = admitted(token);
    RoomName room = permitted(roomName, identity.user());
    return broker
        .join(room, identity.consumer())
        .thenCompose(isNew -> broker.state(room).thenApply(state -> new Membership(isNew, state)));
  }

  /** Returns whether the tab was in the room. */
  CompletionStage<Boolean> leave(String token, String roomName) {
    ConsumerIdentity identity = admitted(token);
    return broker.leave(permitted(roomName, identity.user()), identity.consumer());
  }

  CompletionStage<Published> publish(String token, String roomName, String text) {
    ConsumerIdentity identity = admitted(token);
    limit("text", text, TEXT_LIMIT);
    RoomName room = permitted(roomName, identity.user());
    String message =
        Json.createObjectBuilder()
            .add("from", identity.user().value())
            .add("text", text)
            .add("room", room.value())
            .add("sentAtMs", nowMs())
            .build()
            .toString();
    return broker.publish(room, message);
  }

  /** Returns the time in ms since 1970, with as much behind the point as the clock has. */
  BigDecimal nowMs() {
    Instant now = clock.instant();
    return BigDecimal.valueOf(now.getEpochSecond() * 1_000_000 + now.getNano() / 1000, 3);
  }

  /**
   * Returns an end of life that no other session of this process has: a consumerId follows from
   * user and end, and two tabs must not be the same consumer. Each process adds its own extension,
   * which keeps those of two nodes apart.
   */
  private long nextEndEpochSecond() {
    long regular = clock.instant().getEpochSecond() + sessionLifeSeconds;
    return lastEndEpochSecond.updateAndGet(last -> Math.max(last + 1, regular));
  }

  private ConsumerIdentity admitted(String token) {
    ConsumerIdentity identity = verifier.verifyConsumer(token);
    callsOfConsumer.take(identity.consumer().value());
    return identity;
  }

  /** Keeps a visitor out of rooms that are one user's, one device's or everybody's. */
  private static RoomName permitted(String roomName, UserId user) {
    RoomName room = new RoomName(roomName);
    boolean isReserved = roomName.startsWith("@") || roomName.startsWith("user");
    if (isReserved && !room.equals(RoomName.ofUser(user))) {
      throw new SnapperException(
          ErrorCode.FORBIDDEN,
          "the demo has no rooms that begin with '@' or 'user': they are the broker's own");
    }
    return room;
  }

  private static void limit(String what, String value, int mostCharacters) {
    int characters = value.codePointCount(0, value.length());
    if (characters == 0 || characters > mostCharacters) {
      throw new SnapperException(
          characters == 0 ? ErrorCode.INVALID_ARGUMENT : ErrorCode.TOO_LARGE,
          what + " has " + characters + " characters; it is 1 to " + mostCharacters);
    }
  }
}
