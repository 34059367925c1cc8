package io.snapper.edge.producer;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.snapper.config.ProducerSettings;
import io.snapper.core.Broker;
import io.snapper.core.OwnThreads;
import io.snapper.core.auth.TokenVerifier;
import io.snapper.protocol.jsonrpc.JsonRpcLimits;
import io.snapper.protocol.jsonrpc.JsonRpcParser;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Awaits producers by TCP. Started once and stopped once, like an endpoint of a resource adapter;
 * both may be called on any thread, and both wait until it is so.
 */
public final class ProducerServer {
  private static final Logger LOG = System.getLogger(ProducerServer.class.getName());

  /** Reading and parsing are a few µs a frame: the store is what takes time. */
  private static final int EVENT_LOOPS = 2;

  private static final Duration TERMINATION_TIMEOUT = Duration.ofSeconds(5);

  private final String host;
  private final int port;
  private final OwnThreads threads;
  private final ProducerEdge edge;
  private EventLoopGroup eventLoops;
  private volatile Channel acceptor;

  /**
   * A server that is not started.
   *
   * @param threads makes the few threads it runs on; they end when it is stopped
   */
  public ProducerServer(
      ProducerSettings settings, Broker broker, TokenVerifier tokens, ThreadFactory threads) {
    this(
        settings.host(),
        settings.port(),
        ProducerLimits.of(settings),
        BrokerCalls.of(broker),
        tokens,
        threads);
  }

  ProducerServer(
      String host,
      int port,
      ProducerLimits limits,
      BrokerCalls broker,
      TokenVerifier tokens,
      ThreadFactory threads) {
    this.host = host;
    this.port = port;
    this.threads = new OwnThreads(threads);
    this.edge =
        new ProducerEdge(
            broker,
            tokens,
            limits,
            new JsonRpcParser(JsonRpcLimits.ofLength(limits.frameBytes())),
            new Connections(),
            new NodeOverload());
  }

  /**
   * Binds the port and accepts connections.
   *
   * @throws IllegalStateException if it can't be bound; no thread is left then
   */
  public synchronized void start() {
    eventLoops = new MultiThreadIoEventLoopGroup(EVENT_LOOPS, threads, NioIoHandler.newFactory());
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(eventLoops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            // A producer that has ended its side still gets its answers.
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childHandler(new ProducerChannelInitializer(edge));
    ChannelFuture bound = bootstrap.bind(host, port).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      endThreads();
      throw new IllegalStateException(
          "can't await producers on " + host + ":" + port + ": " + bound.cause().getMessage(),
          bound.cause());
    }
    acceptor = bound.channel();
    LOG.log(Level.INFO, () -> "producers are awaited on " + bound.channel().localAddress());
  }

  /** Returns the port that was bound, which tells which one it is if any free one was asked for. */
  public int port() {
    Channel bound = acceptor;
    if (bound == null) {
      throw new IllegalStateException("not started, or stopped");
    }
    return ((InetSocketAddress) bound.localAddress()).getPort();
  }

  /**
   * Accepts no more connections, stores and answers what was read, for at most 10 s, and closes.
   * What producers sent before they could know is read and stored, too. Does nothing if not
   * started.
   */
  public synchronized void stop() {
    if (acceptor == null) {
      return;
    }
    acceptor.close().awaitUninterruptibly();
    acceptor = null;
    try {
      edge.connections().finish(edge.limits().stopTimeout());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    endThreads();
  }

  /** Returns how many producers are connected, or have something that is not stored. */
  public int producers() {
    return edge.connections().producerCount();
  }

  /** The connections that have not ended, for tests. */
  Connections connections() {
    return edge.connections();
  }

  private void endThreads() {
    eventLoops.shutdownGracefully(0, TERMINATION_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    try {
      if (!threads.awaitEnd(TERMINATION_TIMEOUT)) {
        LOG.log(Level.WARNING, "the producers' threads have not ended");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
