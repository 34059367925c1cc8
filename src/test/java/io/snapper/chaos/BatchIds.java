package io.snapper.chaos;

import io.snapper.chaos.Publication.Place;
import java.util.ArrayList;
import java.util.List;

/** Reads a delivery's id: {@code <epoch>:<from>-<to>} or {@code <epoch>:<offset>}, by commas. */
final class BatchIds {
  private BatchIds() {}

  /** Returns where each message of the delivery is from. */
  static List<Place> places(String id) {
    List<Place> places = new ArrayList<>();
    for (String run : id.split(",")) {
      int colon = run.indexOf(':');
      String epoch = run.substring(0, colon);
      String[] extent = run.substring(colon + 1).split("-");
      long from = Long.parseLong(extent[0]);
      long to = Long.parseLong(extent[extent.length - 1]);
      for (long offset = from; offset <= to; offset++) {
        places.add(new Place(epoch, offset));
      }
    }
    return places;
  }
}
