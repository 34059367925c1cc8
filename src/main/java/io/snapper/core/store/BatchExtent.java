package io.snapper.core.store;

import io.snapper.core.message.RoomName;
import java.util.ArrayList;
import java.util.List;

/**
 * Which messages a batch in flight holds, so that another node can send exactly the same one again.
 *
 * @param id the batch's id, which the consumer's acknowledgement repeats; no control characters
 * @param segments the messages, in the order in which they were sent
 */
public record BatchExtent(String id, List<Segment> segments) {
  public BatchExtent {
    segments = List.copyOf(segments);
  }

  /** Messages {@code from} to {@code to}, both included, of one room's log. */
  public record Segment(RoomName room, String epoch, long from, long to) {}

  /** Returns the extent that {@link #toString} wrote. */
  public static BatchExtent parse(String text) {
    String[] lines = text.split("\n");
    List<Segment> segments = new ArrayList<>();
    for (int index = 1; index < lines.length; index++) {
      String[] fields = lines[index].split("\t");
      segments.add(
          new Segment(
              new RoomName(fields[0]),
              fields[1],
              Long.parseLong(fields[2]),
              Long.parseLong(fields[3])));
    }
    return new BatchExtent(lines[0], segments);
  }

  /**
   * Returns a line with the id, then a line per segment; names can hold neither tab nor line feed.
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(id);
    for (Segment segment : segments) {
      text.append('\n').append(segment.room()).append('\t').append(segment.epoch());
      text.append('\t').append(segment.from()).append('\t').append(segment.to());
    }
    return text.toString();
  }
}
