package io.snapper.simulation;

import io.snapper.core.message.RoomName;

/**
 * The text of a simulated message: says where it belongs and who sent it.
 *
 * @param padding how many characters make it longer
 */
record Payload(RoomName room, String publisher, int number, int padding) {
  static Payload parse(String text) {
    String[] parts = text.split("\\|");
    int padding = parts.length > 3 ? parts[3].length() : 0;
    return new Payload(new RoomName(parts[0]), parts[1], Integer.parseInt(parts[2]), padding);
  }

  @Override
  public String toString() {
    return room + "|" + publisher + "|" + number + (padding > 0 ? "|" + ".".repeat(padding) : "");
  }
}
