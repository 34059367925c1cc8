package io.snapper.testing.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.IntSupplier;
import java.util.function.Predicate;

/**
 * A TCP proxy on a free port of this machine whose connections can be broken and silenced.
 *
 * <p>Every disturbance is in force when the method returns. One thread does the work, however many
 * connections there are. Thread safe.
 */
public final class CuttableProxy implements AutoCloseable {
  /** Which way bytes go. */
  public enum Direction {
    TO_SERVER,
    TO_CLIENT
  }

  private final IntSupplier serverPort;
  private final Selector selector;
  private final ServerSocketChannel acceptor;
  private final Thread thread;
  private final Queue<Runnable> orders = new ConcurrentLinkedQueue<>();

  // Of the proxy's thread only.
  private final List<ProxiedConnection> connections = new ArrayList<>();
  private final Set<Direction> stalled = EnumSet.noneOf(Direction.class);
  private Predicate<ProxiedConnection> isIsolated = connection -> false;
  private boolean isRefusing;
  private boolean isClosed;

  private CuttableProxy(IntSupplier serverPort, String name) throws IOException {
    this.serverPort = serverPort;
    this.selector = Selector.open();
    this.acceptor = ServerSocketChannel.open();
    acceptor.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    acceptor.configureBlocking(false);
    acceptor.register(selector, SelectionKey.OP_ACCEPT);
    this.thread = new Thread(this::run, "proxy-to-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Starts a proxy to a port of this machine; nobody need listen there yet. */
  public static CuttableProxy to(int serverPort) {
    return to(() -> serverPort, Integer.toString(serverPort));
  }

  /**
   * Starts a proxy that chooses a port of this machine for each new connection.
   *
   * @param serverPort asked on the proxy's thread, so it must not wait; 0: nobody is there
   * @param name of the thread
   */
  public static CuttableProxy to(IntSupplier serverPort, String name) {
    try {
      return new CuttableProxy(serverPort, name);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Returns the port that clients connect to. */
  public int port() {
    return ((InetSocketAddress) acceptor.socket().getLocalSocketAddress()).getPort();
  }

  /** Breaks every open connection: both ends get a reset. Returns how many there were. */
  public int cut() {
    return cut(connection -> true);
  }

  /** Breaks those open connections that are asked for; returns how many there were. */
  public int cut(Predicate<ProxiedConnection> which) {
    return ordered(
        () -> {
          List<ProxiedConnection> chosen = connections.stream().filter(which).toList();
          chosen.forEach(ProxiedConnection::breakOff);
          connections.removeAll(chosen);
          return chosen.size();
        });
  }

  /**
   * Forwards nothing any more in one direction, on connections that are open and on new ones, and
   * lets neither end know: what is sent waits, an end of the connection, too.
   */
  public void stall(Direction direction) {
    ordered(
        () -> {
          stalled.add(direction);
          connections.forEach(connection -> connection.stall(direction));
          return null;
        });
  }

  /** The same for both directions. */
  public void stall() {
    stall(Direction.TO_SERVER);
    stall(Direction.TO_CLIENT);
  }

  /**
   * The same for those open connections that are asked for, and no new ones; returns how many there
   * were.
   */
  public int stall(Direction direction, Predicate<ProxiedConnection> which) {
    return ordered(
        () -> {
          List<ProxiedConnection> chosen = connections.stream().filter(which).toList();
          chosen.forEach(connection -> connection.stall(direction));
          return chosen.size();
        });
  }

  /**
   * Forwards nothing any more, in either direction, on those connections that are asked for, open
   * and new ones.
   */
  public void isolate(Predicate<ProxiedConnection> which) {
    ordered(
        () -> {
          isIsolated = which;
          connections.stream().filter(which).forEach(CuttableProxy::stall);
          return null;
        });
  }

  private static void stall(ProxiedConnection connection) {
    connection.stall(Direction.TO_SERVER);
    connection.stall(Direction.TO_CLIENT);
  }

  /** Forwards everything again, what waited first. */
  public void resume() {
    ordered(
        () -> {
          stalled.clear();
          isIsolated = connection -> false;
          connections.forEach(ProxiedConnection::resume);
          return null;
        });
  }

  /**
   * Sends the server something in the client's name, on those open connections that are asked for;
   * the client gets the answer, too. Returns how many connections there were.
   */
  public int inject(String text, Predicate<ProxiedConnection> which) {
    return ordered(
        () -> {
          List<ProxiedConnection> chosen = connections.stream().filter(which).toList();
          chosen.forEach(connection -> connection.inject(text));
          return chosen.size();
        });
  }

  /** Resets each new connection at once; open ones go on. */
  public void refuse() {
    ordered(() -> isRefusing = true);
  }

  /** Takes new connections again. */
  public void accept() {
    ordered(() -> isRefusing = false);
  }

  /** Returns how many connections are open. */
  public int openConnections() {
    return openConnections(connection -> true);
  }

  /** Returns how many of the open connections are as asked. */
  public int openConnections(Predicate<ProxiedConnection> which) {
    return ordered(() -> (int) connections.stream().filter(which).count());
  }

  /** Breaks everything and frees the port. */
  @Override
  public void close() {
    orders.add(() -> isClosed = true);
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
    }
  }

  private <T> T ordered(Callable<T> order) {
    FutureTask<T> task = new FutureTask<>(order);
    orders.add(task);
    selector.wakeup();
    if (!thread.isAlive()) {
      throw new IllegalStateException("the proxy is closed");
    }
    try {
      return task.get();
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interruption);
    } catch (ExecutionException failure) {
      throw new IllegalStateException(failure.getCause());
    }
  }

  private void run() {
    try {
      while (!isClosed) {
        selector.select();
        for (SelectionKey key : selector.selectedKeys()) {
          if (key.attachment() instanceof ProxiedConnection connection) {
            connection.forward();
          } else {
            acceptNext();
          }
        }
        selector.selectedKeys().clear();
        for (Runnable order = orders.poll(); order != null; order = orders.poll()) {
          order.run();
        }
        connections.removeIf(ProxiedConnection::hasEnded);
      }
      connections.forEach(ProxiedConnection::breakOff);
      acceptor.close();
      selector.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void acceptNext() throws IOException {
    SocketChannel client = acceptor.accept();
    if (client == null) {
      return;
    }
    if (isRefusing) {
      reset(client);
      return;
    }
    int port = serverPort.getAsInt();
    if (port == 0) {
      reset(client);
      return;
    }
    SocketChannel target = SocketChannel.open();
    try {
      target.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      ProxiedConnection connection = new ProxiedConnection(client, target, port, selector);
      stalled.forEach(connection::stall);
      if (isIsolated.test(connection)) {
        stall(connection);
      }
      connections.add(connection);
    } catch (IOException refused) {
      target.close();
      reset(client);
    }
  }

  /** Ends a connection by a reset, as a crash of the other end does. */
  static void reset(SocketChannel channel) {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      channel.close();
    } catch (IOException alreadyBroken) {
      // That is what is wanted.
    }
  }
}
