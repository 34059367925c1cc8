package io.snapper.edge.producer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.redis.BulkStringHeaderRedisMessage;
import io.netty.handler.codec.redis.BulkStringRedisContent;
import io.netty.handler.codec.redis.FullBulkStringRedisMessage;
import io.netty.handler.codec.redis.LastBulkStringRedisContent;
import io.netty.util.ReferenceCountUtil;
import java.util.Arrays;

/**
 * Makes a {@code byte[]} of each bulk string and refuses everything else that RESP has.
 *
 * <p>The announced length is checked before anything is kept, and what is kept grows with what has
 * arrived: announcing a length costs the sender as much as the receiver. After a broken frame
 * nothing more is let through.
 */
final class FrameAssembler extends ChannelInboundHandlerAdapter {
  private static final byte[] NOTHING = {};

  private int limitBytes;
  private boolean isInFrame;
  private boolean isBroken;
  private byte[] frame = NOTHING;
  private int announcedBytes;
  private int receivedBytes;
  private long framesCompleted;

  FrameAssembler(int limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** From the next frame on, it may be so long. */
  void setLimitBytes(int limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** Whether the head of a frame has come and its end has not. */
  boolean isInFrame() {
    return isInFrame;
  }

  boolean isBroken() {
    return isBroken;
  }

  long framesCompleted() {
    return framesCompleted;
  }

  /** The memory that the frame under way occupies. */
  int reservedBytes() {
    return frame.length;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (!isBroken) {
        onMessage(context, message);
      }
    } catch (BrokenFrameException broken) {
      isBroken = true;
      forgetFrame();
      throw broken;
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // The decoder lost its place: what follows would be read as frames by accident.
    isBroken = true;
    forgetFrame();
    context.fireExceptionCaught(cause);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    forgetFrame();
  }

  private void onMessage(ChannelHandlerContext context, Object message) {
    if (message instanceof BulkStringHeaderRedisMessage header) {
      begin(header.bulkStringLength());
    } else if (message instanceof FullBulkStringRedisMessage full) {
      // The decoder makes these of the null and of the empty string only.
      if (full.isNull()) {
        throw new BrokenFrameException("a null string");
      }
      begin(0);
      complete(context, NOTHING);
    } else if (message instanceof BulkStringRedisContent content) {
      append(context, content.content(), message instanceof LastBulkStringRedisContent);
    } else {
      throw new BrokenFrameException("RESP that is no bulk string");
    }
  }

  private void begin(int lengthBytes) {
    if (lengthBytes > limitBytes) {
      throw new BrokenFrameException(
          "a frame of " + lengthBytes + " bytes; the limit is " + limitBytes);
    }
    isInFrame = true;
    announcedBytes = lengthBytes;
    receivedBytes = 0;
  }

  private void append(ChannelHandlerContext context, ByteBuf piece, boolean isLast) {
    int end = receivedBytes + piece.readableBytes();
    if (end > frame.length) {
      // Never beyond the announced length, so that the last growth makes it exactly that long.
      int doubled = Math.max(end, 2 * frame.length);
      frame = Arrays.copyOf(frame, Math.min(announcedBytes, doubled));
    }
    piece.readBytes(frame, receivedBytes, end - receivedBytes);
    receivedBytes = end;
    if (isLast) {
      complete(context, frame);
    }
  }

  private void complete(ChannelHandlerContext context, byte[] whole) {
    forgetFrame();
    framesCompleted++;
    context.fireChannelRead(whole);
  }

  private void forgetFrame() {
    isInFrame = false;
    frame = NOTHING;
  }
}
