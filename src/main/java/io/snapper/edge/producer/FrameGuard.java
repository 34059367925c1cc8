package io.snapper.edge.producer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Refuses a frame that began and does not end in time. Stands before the decoder, which keeps the
 * head of a frame to itself until it is whole.
 *
 * <p>A frame counts as begun when the assembler is inside one, or when the last byte that came is
 * no line end: between frames it always is one. There is one timer at most, and only while a frame
 * is incomplete, so a frame that comes in one piece costs nothing.
 */
final class FrameGuard extends ChannelInboundHandlerAdapter {
  private final FrameAssembler assembler;
  private final Duration timeout;
  private boolean isInLine;
  private long watchedFrame;
  private Future<?> timer;

  FrameGuard(FrameAssembler assembler, Duration timeout) {
    this.assembler = assembler;
    this.timeout = timeout;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (message instanceof ByteBuf bytes && bytes.isReadable()) {
      isInLine = bytes.getByte(bytes.writerIndex() - 1) != '\n';
    }
    super.channelRead(context, message);
    if (timer == null && isFrameIncomplete()) {
      watch(context);
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  /** Reading was paused and goes on: the time that a frame has begins anew. */
  void onReadingResumed() {
    watchedFrame = -1;
  }

  private boolean isFrameIncomplete() {
    return !assembler.isBroken() && (assembler.isInFrame() || isInLine);
  }

  private void watch(ChannelHandlerContext context) {
    watchedFrame = assembler.framesCompleted();
    timer =
        context
            .executor()
            .schedule(() -> onTimer(context), timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void onTimer(ChannelHandlerContext context) {
    timer = null;
    if (!isFrameIncomplete()) {
      return;
    }
    boolean isSameFrame = watchedFrame == assembler.framesCompleted();
    if (isSameFrame && context.channel().config().isAutoRead()) {
      context
          .pipeline()
          .fireExceptionCaught(
              new BrokenFrameException("a frame that did not end within " + timeout));
    } else {
      watch(context);
    }
  }
}
