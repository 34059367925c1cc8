package io.snapper.testing.store;

import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.UserId;
import io.snapper.core.store.UserDirectory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Who is connected, in memory. */
final class InMemoryUserDirectory implements UserDirectory {
  private static final long MEMORY_OF_LEFT_MS = 60_000;

  private final StoreKernel kernel;
  private final Map<UserId, Map<ConsumerId, Connection>> users = new HashMap<>();
  private final Map<UserId, Map<ConsumerId, Left>> left = new HashMap<>();

  private record Left(long fence, long endsAtMs) {}

  /** Hears of the changes of who is online, under the lock. */
  interface Recorder {
    /** Records no change. */
    Recorder NONE =
        new Recorder() {
          @Override
          public void onChange(UserId user, boolean isOnline, Connection connection) {}

          @Override
          public boolean hasChanges(UserId user) {
            return false;
          }
        };

    void onChange(UserId user, boolean isOnline, Connection connection);

    /** Returns whether changes of the user's partition wait to be told. */
    boolean hasChanges(UserId user);
  }

  InMemoryUserDirectory(StoreKernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public CompletionStage<Outcome> enter(UserId user, Connection connection) {
    return kernel.call("UserDirectory.enter", () -> enter(user, connection, Recorder.NONE));
  }

  @Override
  public CompletionStage<Outcome> leave(UserId user, ConsumerId consumer, long fence) {
    return kernel.call("UserDirectory.leave", () -> leave(user, consumer, fence, Recorder.NONE));
  }

  @Override
  public CompletionStage<List<Connection>> connections(UserId user) {
    return kernel.call(
        "UserDirectory.connections",
        () -> List.copyOf(users.getOrDefault(user, Map.of()).values()));
  }

  /** Under the lock. */
  Outcome enter(UserId user, Connection connection, Recorder recorder) {
    Connection old = users.getOrDefault(user, Map.of()).get(connection.consumer());
    Left latest = left.getOrDefault(user, Map.of()).get(connection.consumer());
    boolean hasLeft =
        latest != null
            && latest.endsAtMs() > kernel.nowMs()
            && latest.fence() >= connection.fence();
    if (hasLeft || old != null && old.fence() > connection.fence()) {
      return new Outcome(false, count(user), recorder.hasChanges(user));
    }
    users.computeIfAbsent(user, unknown -> new HashMap<>()).put(connection.consumer(), connection);
    if (old == null && count(user) == 1) {
      recorder.onChange(user, true, connection);
    }
    return new Outcome(true, count(user), recorder.hasChanges(user));
  }

  /** Under the lock. */
  Outcome leave(UserId user, ConsumerId consumer, long fence, Recorder recorder) {
    left.computeIfAbsent(user, unknown -> new HashMap<>())
        .merge(
            consumer,
            new Left(fence, kernel.nowMs() + MEMORY_OF_LEFT_MS),
            (old, given) ->
                given.fence() > old.fence() || old.endsAtMs() <= kernel.nowMs() ? given : old);
    Map<ConsumerId, Connection> connections = users.getOrDefault(user, Map.of());
    Connection connection = connections.get(consumer);
    if (connection == null || connection.fence() > fence) {
      return new Outcome(false, count(user), recorder.hasChanges(user));
    }
    connections.remove(consumer);
    if (connections.isEmpty()) {
      users.remove(user);
      recorder.onChange(user, false, connection);
    }
    return new Outcome(true, count(user), recorder.hasChanges(user));
  }

  private int count(UserId user) {
    return users.getOrDefault(user, Map.of()).size();
  }

  /** Forgets all users. Under the lock. */
  void wipe() {
    users.clear();
    left.clear();
  }
}
