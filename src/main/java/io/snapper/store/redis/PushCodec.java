package io.snapper.store.redis;

import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.Message;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.Position;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.Push;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Reads the pushes that the scripts write.
 *
 * <p>A message is a line of fields between tabs, which no name can hold. The first is the number of
 * its push, or of the first one, the second the kind:
 *
 * <pre>
 * M room epoch previousMs firstOffset ms lengths   then a line feed and the payloads, one after the other
 * J consumer room start fence           joined
 * L consumer room until fence           left
 * E consumer fence by                   evicted
 * H consumer fence                      handed over
 * O consumer fence                      orphaned
 * C consumer                            close
 * P lengths                             several, each as above but without a number; behind a line
 *                                       feed one after the other
 * </pre>
 *
 * Lengths are in bytes, between commas.
 */
final class PushCodec {
  private PushCodec() {}

  /**
   * One push or several.
   *
   * @param firstSequence the number of the first one; the others have the next ones
   */
  record Numbered(long firstSequence, List<Push> pushes) {}

  /**
   * Reads a message.
   *
   * @throws IllegalArgumentException if it isn't one: another version of the broker wrote it
   */
  static Numbered decode(byte[] bytes) {
    int tab = 0;
    while (tab < bytes.length && bytes[tab] != '\t') {
      tab++;
    }
    try {
      long sequence = Long.parseLong(text(bytes, 0, tab));
      return new Numbered(sequence, pushes(bytes, tab + 1));
    } catch (RuntimeException broken) {
      throw new IllegalArgumentException(
          "a push that this version does not know: " + bytes.length + " bytes", broken);
    }
  }

  private static List<Push> pushes(byte[] bytes, int from) {
    if (bytes[from] != 'P') {
      return List.of(push(bytes, from));
    }
    int lineEnd = lineEnd(bytes, from);
    List<Push> pushes = new ArrayList<>();
    int at = lineEnd + 1;
    for (String length : text(bytes, from + 2, lineEnd).split(",")) {
      int next = at + Integer.parseInt(length);
      Objects.checkFromToIndex(at, next, bytes.length);
      pushes.add(push(Arrays.copyOfRange(bytes, at, next), 0));
      at = next;
    }
    return pushes;
  }

  private static int lineEnd(byte[] bytes, int from) {
    int end = from;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    return end;
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private static Push push(byte[] bytes, int from) {
    int lineEnd = lineEnd(bytes, from);
    return push(text(bytes, from, lineEnd).split("\t", -1), bytes, lineEnd + 1);
  }

  private static Push push(String[] fields, byte[] bytes, int payloads) {
    return switch (fields[0]) {
      case "M" -> messages(fields, bytes, payloads);
      case "J" ->
          new Push.Joined(
              consumer(fields), room(fields), Position.parse(fields[3]), Long.parseLong(fields[4]));
      case "L" ->
          new Push.Left(
              consumer(fields), room(fields), Position.parse(fields[3]), Long.parseLong(fields[4]));
      case "E" ->
          new Push.Evicted(consumer(fields), Long.parseLong(fields[2]), new NodeId(fields[3]));
      case "H" -> new Push.HandedOver(consumer(fields), Long.parseLong(fields[2]));
      case "O" -> new Push.Orphaned(consumer(fields), Long.parseLong(fields[2]));
      case "C" -> new Push.CloseRequested(consumer(fields));
      default -> throw new IllegalArgumentException("kind '" + fields[0] + "'");
    };
  }

  private static ConsumerId consumer(String[] fields) {
    return new ConsumerId(fields[1]);
  }

  private static RoomName room(String[] fields) {
    return new RoomName(fields[2]);
  }

  private static Push.RoomMessages messages(String[] fields, byte[] bytes, int payloads) {
    long previousTimeMs = Long.parseLong(fields[3]);
    long offset = Long.parseLong(fields[4]);
    long publishedAtMs = Long.parseLong(fields[5]);
    List<Message> messages = new ArrayList<>();
    int at = payloads;
    for (String field : fields[6].split(",")) {
      int length = Integer.parseInt(field);
      messages.add(new Message(offset++, PayloadText.decode(bytes, at, length), publishedAtMs));
      at += length;
    }
    return new Push.RoomMessages(new RoomName(fields[1]), fields[2], previousTimeMs, messages);
  }
}
