package io.snapper.edge.producer;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The connections that have not ended, so that stopping can wait for them. A producer that has gone
 * is one of them while something of it is not stored. Thread-safe.
 */
final class Connections {
  private final Set<Channel> newcomers = ConcurrentHashMap.newKeySet();
  private final Set<ProducerConnection> producers = ConcurrentHashMap.newKeySet();
  private volatile boolean isStopping;

  /** A channel was accepted; it is forgotten when it closes or is authenticated. */
  void onAccepted(Channel channel) {
    newcomers.add(channel);
    channel.closeFuture().addListener(closed -> newcomers.remove(channel));
    if (isStopping) {
      channel.close();
    }
  }

  void onAuthenticated(ProducerConnection producer) {
    producers.add(producer);
    newcomers.remove(producer.channel());
    if (isStopping) {
      producer.finish();
    }
  }

  synchronized void onEnded(ProducerConnection producer) {
    producers.remove(producer);
    notifyAll();
  }

  /** How many producers have not ended. */
  int producerCount() {
    return producers.size();
  }

  /** Closes who is not authenticated, lets all others finish, and waits for them. */
  void finish(Duration timeout) throws InterruptedException {
    isStopping = true;
    newcomers.forEach(Channel::close);
    producers.forEach(ProducerConnection::finish);
    awaitEnd(timeout);
    producers.forEach(ProducerConnection::abandon);
  }

  private synchronized void awaitEnd(Duration timeout) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    long left = timeout.toNanos();
    while (!producers.isEmpty() && left > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
      left = end - System.nanoTime();
    }
  }
}
