package io.snapper.boot;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;

/**
 * Switches Netty's search for leaked buffers off, unless somebody has set {@code
 * io.netty.leakDetection.level}. It records a stack trace for one in 128 buffers: that was 8 % of
 * what the threads of Redis did.
 *
 * <p>Netty is the application's own, so nobody else's is changed.
 */
final class NettyLeakDetection {
  private static final String SETTING = "io.netty.leakDetection.level";

  private NettyLeakDetection() {}

  static void switchOff() {
    if (System.getProperty(SETTING) == null) {
      ResourceLeakDetector.setLevel(Level.DISABLED);
    }
  }
}
