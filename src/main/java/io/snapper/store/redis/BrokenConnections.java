package io.snapper.store.redis;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.List;
import java.util.Queue;
import org.redisson.client.NettyHook;
import org.redisson.client.RedisConnection;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.handler.CommandsQueue;
import org.redisson.client.protocol.QueueCommand;
import org.redisson.client.protocol.QueueCommandHolder;

/**
 * Fails the commands of a connection that breaks, and lets nobody open one again that never was
 * open.
 *
 * <p>Redisson 4.7 forgets a command that was written when the connection breaks: its caller would
 * hear of it only after the response timeout, and wait for so long after a restart or a failover
 * that has long been over.
 *
 * <p>It also queues a connection that breaks before its handshake for being opened again, though
 * its caller is told that there is none and asks for another one. Where something in front of a
 * Redis that is away accepts connections and breaks them, thousands wait in that queue. When Redis
 * is back it is emptied recursively: the stack overflows in the queue's lock, which stays taken,
 * and the next thread that wants it, an event loop, waits for ever.
 */
final class BrokenConnections implements NettyHook {
  private static final EndHandler END_HANDLER = new EndHandler();

  @Override
  public void afterBoostrapInitialization(Bootstrap bootstrap) {
    // Nothing is set there.
  }

  @Override
  public void afterChannelInitialization(Channel channel) {
    // First, since the handler of the queue empties it.
    channel.pipeline().addFirst(END_HANDLER);
  }

  @Sharable
  private static final class EndHandler extends ChannelInboundHandlerAdapter {
    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
      Queue<QueueCommandHolder> written =
          context.channel().attr(CommandsQueue.COMMANDS_QUEUE).get();
      List<QueueCommand> unanswered =
          written == null
              ? List.of()
              : written.stream().map(QueueCommandHolder::getCommand).toList();
      closeUnlessItWasOpen(RedisConnection.getFrom(context.channel()));
      super.channelInactive(context);
      unanswered.forEach(
          command ->
              command.tryFailure(
                  new RedisConnectionException(
                      "the connection to " + context.channel().remoteAddress() + " broke")));
    }

    private static void closeUnlessItWasOpen(RedisConnection connection) {
      if (connection != null && !connection.getConnectionPromise().isDone()) {
        connection.closeAsync();
      }
    }
  }
}
