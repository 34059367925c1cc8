package io.snapper.edge.engineio;

import io.snapper.config.ConsumerSettings;
import io.snapper.config.DataSize;
import io.snapper.config.Transport;
import io.snapper.core.auth.ConsumerIdentity;
import io.snapper.core.auth.DeviceKind;
import io.snapper.core.auth.ProducerIdentity;
import io.snapper.core.auth.TokenVerifier;
import io.snapper.core.delivery.Batch;
import io.snapper.core.error.CloseReason;
import io.snapper.core.error.ErrorCode;
import io.snapper.core.error.SnapperException;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.Message;
import io.snapper.core.message.RoomName;
import io.snapper.core.message.UserId;
import io.snapper.core.session.ConsumerConnection;
import io.snapper.core.session.ConsumerSession;
import io.snapper.core.store.BatchExtent;
import io.snapper.protocol.engineio.EngineIoRevision;
import io.snapper.testing.engine.HandMovedTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * An edge whose engine, tokens and time are in the test's hands. A valid token is {@code
 * token-<user>}.
 */
public final class TestEdge {
  public static final long PING_INTERVAL_MS = 25_000;
  public static final long PING_TIMEOUT_MS = 60_000;
  public static final int FRAME_LIMIT = 2048;
  public static final int HELD_LIMIT = 1024;

  private static final long EXPIRY = 4_102_444_800L;

  private final HandMovedTime time = new HandMovedTime();
  private final List<Connecting> connecting = new ArrayList<>();
  private final EngineIoEdge edge;
  private boolean takesConsumers = true;

  /** A session that the engine is asked to connect. */
  public record Connecting(
      ConsumerIdentity identity,
      ConsumerConnection connection,
      Optional<ConsumerId> previous,
      CompletableFuture<ConsumerSession> result) {
    /** Lets the engine be done; returns the session it hands out. */
    public RecordedSession complete() {
      RecordedSession session = new RecordedSession(identity);
      result.complete(session);
      return session;
    }

    public void fail() {
      result.completeExceptionally(SnapperException.unavailable("the store is away", null));
    }
  }

  /** A session that keeps what it is told. */
  public static final class RecordedSession implements ConsumerSession {
    private final ConsumerIdentity identity;
    private final List<String> calls = new ArrayList<>();

    RecordedSession(ConsumerIdentity identity) {
      this.identity = identity;
    }

    @Override
    public ConsumerIdentity identity() {
      return identity;
    }

    @Override
    public void acknowledge(String batchId) {
      calls.add("acknowledge " + batchId);
    }

    @Override
    public void reject(String batchId) {
      calls.add("reject " + batchId);
    }

    @Override
    public void disconnected(CloseReason reason) {
      calls.add("disconnected " + reason);
    }

    /** Returns the calls, in order. */
    public List<String> calls() {
      return calls;
    }
  }

  private static final class UserTokens implements TokenVerifier {
    @Override
    public ConsumerIdentity verifyConsumer(String token) {
      if (token == null || !token.startsWith("token-")) {
        throw new SnapperException(ErrorCode.UNAUTHORIZED, "no valid token");
      }
      return TestEdge.identity(token.substring("token-".length()));
    }

    @Override
    public ProducerIdentity verifyProducer(String token) {
      throw new SnapperException(ErrorCode.UNAUTHORIZED, "not a producer's edge");
    }

    @Override
    public String verifyStatistics(String token) {
      throw new SnapperException(ErrorCode.UNAUTHORIZED, "not the statistics' edge");
    }
  }

  public TestEdge() {
    this(Set.of(Transport.POLLING, Transport.WEBSOCKET), Set.of("*"));
  }

  public TestEdge(Set<Transport> transports, Set<String> origins) {
    edge =
        new EngineIoEdge(
            new HandDrivenEngine(),
            new UserTokens(),
            new ConsumerSettings(
                Duration.ofMillis(PING_INTERVAL_MS),
                Duration.ofMillis(PING_TIMEOUT_MS),
                new DataSize(FRAME_LIMIT),
                origins,
                transports,
                new DataSize(HELD_LIMIT),
                1000),
            time,
            Runnable::run,
            time::nanoTime);
  }

  private final class HandDrivenEngine implements SessionConnector {
    @Override
    public boolean takesConsumers() {
      return takesConsumers;
    }

    @Override
    public CompletionStage<ConsumerSession> connect(
        ConsumerIdentity identity, ConsumerConnection connection, Optional<ConsumerId> previous) {
      CompletableFuture<ConsumerSession> result = new CompletableFuture<>();
      connecting.add(new Connecting(identity, connection, previous, result));
      return result;
    }
  }

  /** From now on the engine takes nobody. */
  void takeNoConsumers() {
    takesConsumers = false;
  }

  public EngineIoEdge edge() {
    return edge;
  }

  public HandMovedTime time() {
    return time;
  }

  /** Returns what the engine was asked to connect last. */
  public Connecting lastConnecting() {
    return connecting.get(connecting.size() - 1);
  }

  /** Returns a session of a user that isn't started. */
  public EngineIoConnection session(String user, EngineIoRevision revision) {
    return edge.newSession(
        new Admitted(identity(user), revision, Optional.empty(), Optional.empty()));
  }

  public static ConsumerIdentity identity(String user) {
    return ConsumerIdentity.of(new UserId(user), DeviceKind.WEB, EXPIRY);
  }

  /** Returns a batch of messages of one room. */
  public static Batch batch(String id, String... payloads) {
    List<Message> messages = new ArrayList<>();
    for (String payload : payloads) {
      messages.add(new Message(messages.size() + 1L, payload, 0));
    }
    return new Batch(
        new BatchExtent(
            id, List.of(new BatchExtent.Segment(new RoomName("r"), "e", 1, payloads.length))),
        messages);
  }
}
