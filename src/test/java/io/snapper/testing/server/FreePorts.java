package io.snapper.testing.server;

import java.io.IOException;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/**
 * Finds TCP ports that nobody listens on. Thread-safe.
 *
 * <p>They are below those that systems give to outgoing connections: a server needs many seconds
 * until it listens, and until then a connection of anybody could take its port.
 */
public final class FreePorts {
  private static final int FIRST = 12_000;
  private static final int COUNT = 20_000;

  /** Other builds on this machine must not draw the same ones. */
  private static final Random RANDOM = new SecureRandom();

  private static final Set<Integer> GIVEN = new HashSet<>();

  private FreePorts() {}

  /** Returns a port that is free now and that this method hasn't returned before. */
  public static synchronized int next() {
    while (true) {
      int port = FIRST + RANDOM.nextInt(COUNT);
      if (isFree(port) && GIVEN.add(port)) {
        return port;
      }
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port)) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
