package io.snapper.edge.producer;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.snapper.core.auth.ProducerIdentity;
import io.snapper.protocol.jsonrpc.JsonRpcMessage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * A producer whose token was valid when it connected. Reads its frames, has the calls in them
 * handled, and answers in their order.
 *
 * <p>It stays connected when its token expires: the token was asked at the door, as producers know
 * it, and to close would lose what they have on the way. It ends only when all it has read is done,
 * even if the producer has long gone. Belongs to its channel's event loop.
 */
final class ProducerConnection extends ChannelInboundHandlerAdapter
    implements RoomPublisher.Listener {
  private static final Logger LOG = System.getLogger(ProducerConnection.class.getName());

  /** What a frame occupies besides its bytes, roughly: so that tiny frames count, too. */
  private static final long FRAME_OVERHEAD_BYTES = 256;

  private final ProducerEdge edge;
  private final Channel channel;
  private final String producer;
  private final ReadingGate gate;
  private final AnswerQueue answers;
  private final WorkQueue work;
  private final RoomPublisher publisher;
  private final CallHandler calls;
  private boolean isInputEnded;
  private boolean isOutputEnded;
  private boolean isFinishing;
  private boolean isEnded;
  private long framesToAnswer;
  private long failedNotifications;

  /**
   * A connection that has just been authenticated.
   *
   * @param identity what its token has proven
   * @param producer who it is, for log lines
   */
  ProducerConnection(
      ProducerEdge edge,
      Channel channel,
      ProducerIdentity identity,
      String producer,
      FrameGuard guard) {
    this.edge = edge;
    this.channel = channel;
    this.producer = producer;
    this.gate =
        new ReadingGate(
            channel,
            producer,
            edge.limits().heldBytes(),
            edge.broker(),
            edge.overload(),
            guard::onReadingResumed);
    this.answers = new AnswerQueue(channel, gate::release);
    this.work = new WorkQueue();
    this.publisher = new RoomPublisher(edge.broker(), channel.eventLoop(), this);
    this.calls =
        new CallHandler(
            edge.broker(), identity.name(), channel.eventLoop(), work, publisher, this::onTurnEnd);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    edge.connections().onAuthenticated(this);
    gate.onBegin();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object frame) {
    onFrame((byte[]) frame);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    onTurnEnd();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    gate.onWritabilityChanged();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      isInputEnded = true;
      onTurnEnd();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    gate.onEnd();
    onTurnEnd();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    ConnectionFaults.log(producer, cause);
    context.close();
  }

  Channel channel() {
    return channel;
  }

  /** Answers what was read so far, then ends the connection without losing what is on the way. */
  void finish() {
    channel.eventLoop().execute(this::onFinish);
  }

  /** Ends the connection at once; what is not stored by now is lost, and the log says so. */
  void abandon() {
    channel.eventLoop().execute(this::onAbandon);
  }

  @Override
  public void onFinished(Publication publication) {
    publication.answer();
    work.onPublishEnded();
  }

  @Override
  public void onBrokerRefuses(boolean isRefusing) {
    gate.onBrokerRefuses(isRefusing);
  }

  /** Lets begin what may begin by now, and go out what may go out. */
  @Override
  public void onTurnEnd() {
    work.beginPermitted();
    publisher.send();
    answers.writeSettled();
    endIfDone();
  }

  private void onFrame(byte[] frame) {
    long heldBytes = frame.length + FRAME_OVERHEAD_BYTES;
    gate.hold(heldBytes);
    JsonRpcMessage message = edge.parser().parse(frame);
    if (message instanceof JsonRpcMessage.Batch batch) {
      List<JsonRpcMessage> messages = batch.messages();
      Answer answer = Answer.ofBatch(heldBytes, messages.size());
      answers.add(answer);
      for (int part = 0; part < messages.size(); part++) {
        onMessage(messages.get(part), answer, part);
      }
    } else {
      Answer answer = Answer.ofOne(heldBytes);
      answers.add(answer);
      onMessage(message, answer, 0);
    }
  }

  private void onMessage(JsonRpcMessage message, Answer answer, int part) {
    if (message instanceof JsonRpcMessage.Request request) {
      Reply reply = Reply.toRequest(answer, part, request.id());
      calls.onCall(request.method(), request.params(), reply);
    } else if (message instanceof JsonRpcMessage.Notification notification) {
      Reply reply = Reply.toNotification(answer, part, this::onNotificationFailed);
      calls.onCall(notification.method(), notification.params(), reply);
    } else if (message instanceof JsonRpcMessage.Invalid invalid) {
      Reply.toRequest(answer, part, invalid.id()).fail(invalid.error(), invalid.reason());
    } else {
      // An answer: we ask producers nothing, and answers are not answered.
      answer.settle(part, null);
    }
  }

  private void onNotificationFailed(String reason) {
    failedNotifications++;
    Level level = failedNotifications == 1 ? Level.WARNING : Level.DEBUG;
    LOG.log(
        level,
        () ->
            producer
                + " can't be told that its notification failed: "
                + reason
                + " (more such lines of this connection are at level DEBUG)");
  }

  private void onFinish() {
    if (!isFinishing) {
      isFinishing = true;
      framesToAnswer = answers.framesAdded();
      onTurnEnd();
    }
  }

  private void onAbandon() {
    long lost = publisher.unfinishedMessages();
    if (!work.isIdle()) {
      LOG.log(
          Level.ERROR,
          () -> producer + " is ended with " + lost + " messages not stored; they are lost");
    }
    channel.close();
  }

  private void endIfDone() {
    if (!channel.isActive()) {
      if (work.isIdle() && !isEnded) {
        isEnded = true;
        logFailedNotifications();
        edge.connections().onEnded(this);
      }
    } else if (isInputEnded && work.isIdle() && answers.isEmpty()) {
      channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    } else if (isFinishing && !isOutputEnded && answers.framesAnswered() >= framesToAnswer) {
      endOutput();
    }
  }

  /**
   * Tells the producer that nothing more comes, and goes on reading until it has ended its side: so
   * what it sent before it knew is stored.
   */
  private void endOutput() {
    isOutputEnded = true;
    answers.endOutput();
    gate.onOutputEnded();
    ChannelEnds.endOutput(channel);
  }

  private void logFailedNotifications() {
    if (failedNotifications > 1) {
      LOG.log(
          Level.WARNING,
          () -> producer + " is gone; " + failedNotifications + " of its notifications failed");
    }
  }
}
