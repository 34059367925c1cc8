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
  private final StoreKernel kernel;
  private final Map<UserId, Map<ConsumerId, Connection>> users = new HashMap<>();

  InMemoryUserDirectory(StoreKernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public CompletionStage<Void> enter(UserId user, Connection connection) {
    return kernel.call(
        "UserDirectory.enter",
        () -> {
          users
              .computeIfAbsent(user, unknown -> new HashMap<>())
              .merge(
                  connection.consumer(),
                  connection,
                  (old, given) -> given.fence() >= old.fence() ? given : old);
          return null;
        });
  }

  @Override
  public CompletionStage<Integer> leave(UserId user, ConsumerId consumer, long fence) {
    return kernel.call(
        "UserDirectory.leave",
        () -> {
          Map<ConsumerId, Connection> connections = users.getOrDefault(user, Map.of());
          Connection connection = connections.get(consumer);
          if (connection == null || connection.fence() != fence) {
            return -1;
          }
          connections.remove(consumer);
          if (connections.isEmpty()) {
            users.remove(user);
          }
          return connections.size();
        });
  }

  @Override
  public CompletionStage<List<Connection>> connections(UserId user) {
    return kernel.call(
        "UserDirectory.connections",
        () -> List.copyOf(users.getOrDefault(user, Map.of()).values()));
  }

  /** Forgets all users. Under the lock. */
  void wipe() {
    users.clear();
  }
}
