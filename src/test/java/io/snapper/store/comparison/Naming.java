package io.snapper.store.comparison;

import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.RoomName;
import io.snapper.core.message.UserId;
import java.util.List;

/**
 * The names in one sequence of steps. There are few, so that steps meet.
 *
 * @param rooms {@link #ROOMS}
 * @param consumers {@link #CONSUMERS}
 * @param users {@link #USERS}
 * @param keys of idempotency and names of producers, {@link #KEYS}
 */
public record Naming(
    List<String> rooms, List<String> consumers, List<String> users, List<String> keys) {
  static final int ROOMS = 3;
  static final int CONSUMERS = 3;
  static final int USERS = 2;
  static final int KEYS = 2;

  RoomName room(int index) {
    return new RoomName(rooms.get(index));
  }

  ConsumerId consumer(int index) {
    return new ConsumerId(consumers.get(index));
  }

  UserId user(int index) {
    return new UserId(users.get(index));
  }
}
