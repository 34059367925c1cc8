package io.snapper.edge.producer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.redis.FixedRedisMessagePool;
import io.netty.handler.codec.redis.RedisDecoder;
import io.netty.handler.codec.redis.RedisEncoder;

/** Builds the pipeline of each accepted connection. */
final class ProducerChannelInitializer extends ChannelInitializer<Channel> {
  /** The longest line that the decoder keeps while it waits for its end. */
  private static final int LONGEST_LINE_BYTES = 32;

  private final ProducerEdge edge;

  ProducerChannelInitializer(ProducerEdge edge) {
    this.edge = edge;
  }

  @Override
  protected void initChannel(Channel channel) {
    FrameAssembler assembler = new FrameAssembler(edge.limits().authFrameBytes());
    FrameGuard guard = new FrameGuard(assembler, edge.limits().frameTimeout());
    RedisDecoder decoder = new RedisDecoder(LONGEST_LINE_BYTES, FixedRedisMessagePool.INSTANCE);
    channel
        .pipeline()
        .addLast(HandlerNames.FRAME_GUARD, guard)
        .addLast(HandlerNames.RESP_DECODER, decoder)
        .addLast(HandlerNames.RESP_ENCODER, new RedisEncoder())
        .addLast(HandlerNames.FRAME_ASSEMBLER, assembler)
        .addLast(HandlerNames.PRODUCER, new UnauthenticatedProducer(edge, guard, assembler));
    edge.connections().onAccepted(channel);
  }
}
