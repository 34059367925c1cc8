package io.snapper.simulation;

import java.util.ArrayList;
import java.util.List;

/** Reads a batch's id as docs/protocol.md gives it to authors of clients. */
final class BatchId {
  private BatchId() {}

  /** Where one message of a batch stands. */
  record Place(String epoch, long offset) {}

  /** Returns the place of each message of the batch. */
  static List<Place> parse(String id) {
    List<Place> places = new ArrayList<>();
    for (String run : id.split(",")) {
      String[] parts = run.split(":");
      String[] ends = parts[1].split("-");
      long last = Long.parseLong(ends[ends.length - 1]);
      for (long offset = Long.parseLong(ends[0]); offset <= last; offset++) {
        places.add(new Place(parts[0], offset));
      }
    }
    return places;
  }
}
