package io.snapper.simulation;

import io.snapper.core.message.RoomName;

/** The text of a simulated message: says where it belongs and who sent it. */
record Payload(RoomName room, String publisher, int number) {
  static Payload parse(String text) {
    String[] parts = text.split("\\|");
    return new Payload(new RoomName(parts[0]), parts[1], Integer.parseInt(parts[2]));
  }

  @Override
  public String toString() {
    return room + "|" + publisher + "|" + number;
  }
}
