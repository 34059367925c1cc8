package io.snapper.load;

/** Who is in which room, and what the rooms are called. Names are new in each run. */
final class RoomPlan {
  private final String run = "load" + Long.toString(System.currentTimeMillis() % 1_000_000_000, 36);
  private final LoadOptions options;
  private final int[] members;

  RoomPlan(LoadOptions options) {
    this.options = options;
    this.members = new int[rooms()];
    for (int consumer = options.silentConsumers(); consumer < options.consumers(); consumer++) {
      for (int slot = 0; slot < roomsPerConsumer(); slot++) {
        members[(firstRoomOf(consumer) + slot) % rooms()]++;
      }
    }
  }

  /** Whether each consumer has only the room of its user, which it need not join. */
  boolean isOwnRooms() {
    return options.rooms() == 0;
  }

  int rooms() {
    return options.roomCount();
  }

  int roomsPerConsumer() {
    return isOwnRooms() ? 1 : Math.min(options.roomsPerConsumer(), rooms());
  }

  int firstRoomOf(int consumer) {
    return consumer % rooms();
  }

  /** Returns how many members of a room acknowledge. */
  int membersOf(int room) {
    return members[room];
  }

  String userOf(int consumer) {
    return run + "u" + consumer;
  }

  String nameOf(int room) {
    return isOwnRooms() ? "user" + userOf(room) : run + "r" + room;
  }
}
