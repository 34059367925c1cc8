package io.snapper.edge.engineio.polling;

import io.snapper.core.error.CloseReason;
import io.snapper.edge.engineio.EngineIoConnection;
import io.snapper.edge.engineio.PacketTransport;
import io.snapper.edge.engineio.Refusal;
import io.snapper.protocol.engineio.EngineIoError;
import io.snapper.protocol.engineio.EngineIoLimits;
import io.snapper.protocol.engineio.EngineIoPacket;
import io.snapper.protocol.engineio.EngineIoPacketType;
import io.snapper.protocol.engineio.EngineIoProtocolException;
import io.snapper.protocol.engineio.EngineIoTransport;
import java.util.ArrayList;
import java.util.List;

/**
 * The polls and posts of one session as carrier of packets: whatever waits goes out with the next
 * poll. One poll and one post at a time; a client that makes two loses the session. Thread safe.
 */
final class PollingTransport implements PacketTransport {
  private static final EngineIoPacketType[] TYPES = EngineIoPacketType.values();

  private final EngineIoConnection connection;
  private final EngineIoLimits limits;

  private final Object lock = new Object();
  // Guarded by the lock.
  private Exchange waiting;
  private boolean isPosting;
  private boolean isUsed;
  private Answer last;

  /**
   * Creates the transport of a session.
   *
   * @param limits of what a post may bring
   */
  PollingTransport(EngineIoConnection connection, EngineIoLimits limits) {
    this.connection = connection;
    this.limits = limits;
  }

  @Override
  public EngineIoTransport kind() {
    return EngineIoTransport.POLLING;
  }

  /** Returns whether the session is over, or carried by something else. */
  boolean isOver() {
    synchronized (lock) {
      return last != null;
    }
  }

  /** Takes a poll; it is answered as soon as there is something to say. */
  void onPoll(Exchange poll) {
    boolean isOverlap;
    Answer farewell;
    synchronized (lock) {
      farewell = last;
      isOverlap = waiting != null;
      if (farewell == null && !isOverlap) {
        waiting = poll;
      }
    }
    if (farewell != null) {
      answer(poll, farewell);
    } else if (isOverlap) {
      connection.end(CloseReason.PROTOCOL_VIOLATION);
      answer(poll, Answer.of(Refusal.of(EngineIoError.BAD_REQUEST)));
    } else {
      connection.onWritable(this);
    }
  }

  /**
   * Begins a post.
   *
   * @return false if another one is under way; the session is over then
   */
  boolean beginPost() {
    synchronized (lock) {
      if (!isPosting) {
        isPosting = true;
        return true;
      }
    }
    connection.end(CloseReason.PROTOCOL_VIOLATION);
    return false;
  }

  /**
   * Takes the body of a post and ends the post.
   *
   * @param isBinary whether its content type is {@code application/octet-stream}
   */
  Answer onPost(byte[] body, boolean isBinary) {
    Answer answer = Answer.OK;
    try {
      connection
          .revision()
          .decodeBody(body, isBinary, limits)
          .forEach(packet -> connection.onPacket(this, packet));
    } catch (EngineIoProtocolException malformed) {
      connection.onMalformed(this);
      answer = Answer.of(Refusal.of(EngineIoError.BAD_REQUEST));
    }
    endPost();
    return answer;
  }

  /** Ends a post whose body is over the limit, and the session. */
  Answer onPostTooLarge() {
    connection.onMalformed(this);
    endPost();
    return Answer.of(Refusal.TOO_LARGE);
  }

  /** Ends a post whose body broke off, and the session. */
  void onPostFailed() {
    connection.onTransportClosed(this, CloseReason.CLIENT_GONE);
    endPost();
  }

  private void endPost() {
    synchronized (lock) {
      isPosting = false;
    }
  }

  @Override
  public void write(List<String> packets) {
    Exchange poll;
    synchronized (lock) {
      poll = waiting;
      waiting = null;
      isUsed = true;
    }
    if (poll != null) {
      answer(poll, payload(packets));
    }
  }

  @Override
  public void retire() {
    finish(payload(List.of(String.valueOf(EngineIoPacketType.NOOP.digit()))));
  }

  /** A client that has gone, or said so, gets a noop; others are told that the session is over. */
  @Override
  public void close(CloseReason reason) {
    boolean wasUsed;
    synchronized (lock) {
      wasUsed = isUsed;
    }
    if (!wasUsed) {
      finish(Answer.of(Refusal.UNAVAILABLE));
    } else {
      EngineIoPacketType type =
          reason == CloseReason.CLIENT_GONE ? EngineIoPacketType.NOOP : EngineIoPacketType.CLOSE;
      finish(payload(List.of(String.valueOf(type.digit()))));
    }
  }

  private void finish(Answer answer) {
    Exchange poll;
    synchronized (lock) {
      poll = waiting;
      waiting = null;
      last = answer;
    }
    if (poll != null) {
      answer(poll, answer);
    }
  }

  private void answer(Exchange poll, Answer answer) {
    poll.answer(answer, () -> connection.onTransportClosed(this, CloseReason.CLIENT_GONE));
  }

  private Answer payload(List<String> packets) {
    List<EngineIoPacket> parsed = new ArrayList<>(packets.size());
    for (String packet : packets) {
      parsed.add(EngineIoPacket.ofText(TYPES[packet.charAt(0) - '0'], packet.substring(1)));
    }
    return Answer.payload(connection.revision().encodePayload(parsed));
  }
}
