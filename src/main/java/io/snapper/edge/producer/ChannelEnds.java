package io.snapper.edge.producer;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.TimeUnit;

/** Ends a connection in a way in which nothing that is on the way is lost, in either direction. */
final class ChannelEnds {
  /** How long the other side may take to end its own output. */
  private static final long GRACE_MS = 2000;

  private ChannelEnds() {}

  /**
   * Ends the output once everything written has left, and closes the channel later if the other
   * side does not end its output. Reading goes on: to close with bytes unread would reset the
   * connection, and then the other side might never see our last answer.
   */
  static void endOutput(Channel channel) {
    channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> shutdownOutput(channel));
    channel.eventLoop().schedule((Runnable) channel::close, GRACE_MS, TimeUnit.MILLISECONDS);
  }

  private static void shutdownOutput(Channel channel) {
    if (channel instanceof DuplexChannel duplex) {
      duplex.shutdownOutput();
    } else {
      channel.close();
    }
  }
}
