package io.snapper.store.redis;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The server of an earlier process that was killed together with what should have ended its server.
 * Two servers on the same data would spoil it.
 */
final class LeftoverServer {
  private static final System.Logger LOG = System.getLogger(LeftoverServer.class.getName());

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
  private static final String PROGRAM = "redis-server";

  private LeftoverServer() {}

  /** What the process is whose number was left; it may be a stranger that has the number since. */
  private enum Identity {
    OURS,
    STRANGER,
    UNCERTAIN
  }

  /**
   * Ends the server, if it lives, and removes the file.
   *
   * @param pidFile where it wrote its process number; need not be there
   * @param programs the directory of the program that it runs
   * @throws IllegalStateException if a Redis has that number, and whose it is can't be found out
   */
  static void end(Path pidFile, Path programs) throws IOException {
    if (!Files.exists(pidFile)) {
      return;
    }
    String text = Files.readString(pidFile).trim();
    if (text.matches("\\d{1,10}")) {
      Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(text));
      if (process.isPresent()) {
        end(process.get(), pidFile, programs);
      }
    }
    Files.deleteIfExists(pidFile);
  }

  private static void end(ProcessHandle process, Path pidFile, Path programs) throws IOException {
    switch (identity(process.info(), pidFile, programs)) {
      case OURS -> {
        LOG.log(Level.INFO, "ending the Redis that an earlier run left");
        process.destroy();
        awaitEnd(process);
      }
      case UNCERTAIN ->
          throw new IllegalStateException(
              "process "
                  + process.pid()
                  + " may be a Redis that an earlier run left; end it, or remove "
                  + pidFile
                  + " if it is another one");
      case STRANGER -> {
        // It goes on.
      }
    }
  }

  private static Identity identity(ProcessHandle.Info info, Path pidFile, Path programs)
      throws IOException {
    Optional<Path> program = info.command().map(Path::of);
    if (program.isEmpty()) {
      boolean isRedis = info.commandLine().filter(line -> line.contains(PROGRAM)).isPresent();
      return isRedis && mayBelongTo(Files.getOwner(pidFile), info)
          ? Identity.UNCERTAIN
          : Identity.STRANGER;
    }
    // The system resolves links, so the paths of one program may differ.
    Path home = program.get().toAbsolutePath().getParent();
    if (Files.exists(home) && Files.exists(programs) && Files.isSameFile(home, programs)) {
      return Identity.OURS;
    }
    // A program that is still there belongs to another directory. One that isn't may have been
    // here.
    return isRedis(program.get()) && !Files.exists(program.get())
        ? Identity.UNCERTAIN
        : Identity.STRANGER;
  }

  /** The server itself wrote the file, so it runs as the file's owner. */
  private static boolean mayBelongTo(UserPrincipal owner, ProcessHandle.Info info) {
    return info.user().map(user -> user.equals(owner.getName())).orElse(true);
  }

  private static boolean isRedis(Path program) {
    return program.getFileName().toString().startsWith(PROGRAM);
  }

  private static void awaitEnd(ProcessHandle process) {
    try {
      process.onExit().get(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException tooLong) {
      process.destroyForcibly();
    } catch (InterruptedException interruption) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
