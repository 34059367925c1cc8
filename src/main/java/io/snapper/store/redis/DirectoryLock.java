package io.snapper.store.redis;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Holds a directory for one instance, until it is closed or this process ends, however that
 * happens: so a lock that is there is meant. Thread safe.
 *
 * <p>Other processes are kept out by a lock on a file. A POSIX system takes all such locks of a
 * process off a file as soon as the process closes any channel to it. So what this process holds is
 * looked up first, and the file is not opened again.
 */
final class DirectoryLock implements AutoCloseable {
  private static final String FILE = "lock";

  /**
   * The start of a system property's name: these are one list for the whole process, also if an
   * application server has this class in two applications.
   */
  private static final String MARK = DirectoryLock.class.getName() + ":";

  private final String mark;
  private final FileChannel channel;

  private DirectoryLock(String mark, FileChannel channel) {
    this.mark = mark;
    this.channel = channel;
  }

  /**
   * Returns the lock, or nothing if somebody has it.
   *
   * @param directory one that exists
   */
  static Optional<DirectoryLock> tryLock(Path directory) throws IOException {
    Path real = directory.toRealPath();
    String mark = MARK + real;
    if (System.getProperties().putIfAbsent(mark, "held") != null) {
      return Optional.empty();
    }
    FileChannel channel = null;
    FileLock lock = null;
    try {
      channel =
          FileChannel.open(real.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      lock = channel.tryLock();
      return lock == null ? Optional.empty() : Optional.of(new DirectoryLock(mark, channel));
    } finally {
      if (lock == null) {
        release(mark, channel);
      }
    }
  }

  private static void release(String mark, FileChannel channel) throws IOException {
    try {
      if (channel != null) {
        channel.close();
      }
    } finally {
      System.getProperties().remove(mark);
    }
  }

  /** Does nothing if it was closed before: somebody else may have the directory since. */
  @Override
  public synchronized void close() throws IOException {
    if (channel.isOpen()) {
      release(mark, channel);
    }
  }
}
