package io.snapper.core.store;

import io.snapper.core.message.Position;
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

  /**
   * Messages {@code from} to {@code to}, both included, of one room's log.
   *
   * @param toTimeMs when the last of them was stored, 0 if it isn't known
   */
  public record Segment(RoomName room, String epoch, long from, long to, long toTimeMs) {
    /** Creates a segment whose last message's time isn't known. */
    public Segment(RoomName room, String epoch, long from, long to) {
      this(room, epoch, from, to, 0);
    }

    /** Returns the position of the last message. */
    public Position end() {
      return new Position(epoch, to, toTimeMs);
    }
  }

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
              Long.parseLong(fields[3]),
              fields.length > 4 ? Long.parseLong(fields[4]) : 0));
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
      if (segment.toTimeMs() != 0) {
        text.append('\t').append(segment.toTimeMs());
      }
    }
    return text.toString();
  }
}
