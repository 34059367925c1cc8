package io.snapper.edge.producer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.snapper.core.auth.ProducerIdentity;
import io.snapper.core.error.SnapperException;
import io.snapper.protocol.jsonrpc.JsonRpcErrorCode;
import io.snapper.protocol.jsonrpc.JsonRpcId;
import io.snapper.protocol.jsonrpc.JsonRpcMessage;
import io.snapper.protocol.jsonrpc.JsonRpcParams;
import io.snapper.protocol.jsonrpc.JsonRpcWriter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A connection that has shown no token. Its first frame is a valid {@code auth}, and then a {@link
 * ProducerConnection} takes its place; or it is told so and closed. Belongs to its channel's event
 * loop.
 */
final class UnauthenticatedProducer extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = System.getLogger(UnauthenticatedProducer.class.getName());

  private final ProducerEdge edge;
  private final FrameGuard guard;
  private final FrameAssembler assembler;
  private Future<?> deadline;
  private boolean isRefused;

  UnauthenticatedProducer(ProducerEdge edge, FrameGuard guard, FrameAssembler assembler) {
    this.edge = edge;
    this.guard = guard;
    this.assembler = assembler;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    deadline =
        context
            .executor()
            .schedule(
                () -> onDeadline(context),
                edge.limits().authTimeout().toNanos(),
                TimeUnit.NANOSECONDS);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    deadline.cancel(false);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object frame) {
    if (!isRefused) {
      onFirstFrame(context, (byte[]) frame);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      context.close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    ConnectionFaults.log(describe(context.channel()), cause);
    context.close();
  }

  private void onFirstFrame(ChannelHandlerContext context, byte[] frame) {
    JsonRpcMessage message = edge.parser().parse(frame);
    if (!(message instanceof JsonRpcMessage.Request request) || !request.method().equals("auth")) {
      refuse(context, idOf(message), "its first frame is no request auth");
      return;
    }
    Optional<List<String>> params = JsonRpcParams.strings(request.params());
    String token = params.isEmpty() || params.get().isEmpty() ? null : params.get().get(0);
    try {
      onIdentity(context, request.id(), edge.tokens().verifyProducer(token));
    } catch (SnapperException unauthorized) {
      refuse(context, request.id(), unauthorized.getMessage());
    }
  }

  private void onIdentity(ChannelHandlerContext context, JsonRpcId id, ProducerIdentity identity) {
    Channel channel = context.channel();
    String producer = "producer '" + identity.name() + "' at " + channel.remoteAddress();
    LOG.log(Level.DEBUG, () -> producer + " is connected");
    String answer = JsonRpcWriter.success(id, "\"OK\"");
    context.writeAndFlush(AnswerQueue.frame(channel, answer));
    assembler.setLimitBytes(edge.limits().frameBytes());
    context
        .pipeline()
        .replace(
            this,
            HandlerNames.PRODUCER,
            new ProducerConnection(edge, channel, identity, producer, guard));
  }

  private void refuse(ChannelHandlerContext context, JsonRpcId id, String reason) {
    isRefused = true;
    LOG.log(Level.INFO, () -> describe(context.channel()) + " is refused: " + reason);
    String answer = JsonRpcWriter.failure(id, JsonRpcErrorCode.UNAUTHORIZED);
    context.write(AnswerQueue.frame(context.channel(), answer));
    ChannelEnds.endOutput(context.channel());
  }

  private void onDeadline(ChannelHandlerContext context) {
    LOG.log(
        Level.INFO,
        () ->
            describe(context.channel())
                + " is closed: it did not authenticate within "
                + edge.limits().authTimeout());
    context.close();
  }

  private static JsonRpcId idOf(JsonRpcMessage message) {
    if (message instanceof JsonRpcMessage.Request request) {
      return request.id();
    }
    return message instanceof JsonRpcMessage.Invalid invalid ? invalid.id() : JsonRpcId.NULL;
  }

  private static String describe(Channel channel) {
    return "a producer at " + channel.remoteAddress();
  }
}
