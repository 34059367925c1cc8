package io.snapper.core.delivery;

import io.snapper.core.message.Message;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.BatchExtent;
import io.snapper.core.store.BatchExtent.Segment;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes batches and their ids.
 *
 * <p>An id says what the batch holds: {@code <epoch>:<from>-<to>} for each run of one room's
 * messages ({@code <epoch>:<offset>} for a single one), joined by commas. Epochs are unique, so
 * different batches have different ids, and the same messages have the same id whoever sends them.
 * A consumer may read offsets from it.
 */
final class Batches {
  private Batches() {}

  static Batch ofRun(RoomName room, String epoch, List<Message> messages) {
    long from = messages.get(0).offset();
    long to = messages.get(messages.size() - 1).offset();
    long toTimeMs = messages.get(messages.size() - 1).publishedAtMs();
    Segment segment = new Segment(room, epoch, from, to, toTimeMs);
    return new Batch(new BatchExtent(idOf(List.of(segment)), List.of(segment)), messages);
  }

  static Batch ofRuns(List<LocalRoom> rooms, List<Run> runs) {
    List<Segment> segments = new ArrayList<>(runs.size());
    List<Message> messages = new ArrayList<>();
    for (int index = 0; index < runs.size(); index++) {
      Run run = runs.get(index);
      segments.add(
          new Segment(rooms.get(index).name(), run.epoch(), run.from(), run.to(), run.toTimeMs()));
      messages.addAll(run.messages());
    }
    return new Batch(new BatchExtent(idOf(segments), segments), messages);
  }

  static String idOf(List<Segment> segments) {
    StringBuilder id = new StringBuilder();
    for (Segment segment : segments) {
      if (id.length() > 0) {
        id.append(',');
      }
      id.append(segment.epoch()).append(':').append(segment.from());
      if (segment.to() != segment.from()) {
        id.append('-').append(segment.to());
      }
    }
    return id.toString();
  }
}
