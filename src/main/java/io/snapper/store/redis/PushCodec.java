package io.snapper.store.redis;

import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.Message;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.Position;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.Push;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the pushes that the scripts write.
 *
 * <p>A push is a line of fields between tabs, which no name can hold. The first is the push's
 * number, the second its kind:
 *
 * <pre>
 * M room epoch previousMs firstOffset ms lengths   then a line feed and the payloads, one after the other
 * J consumer room start fence           joined
 * L consumer room until fence           left
 * E consumer fence by                   evicted
 * H consumer fence                      handed over
 * C consumer                            close
 * </pre>
 *
 * The lengths of the payloads are in bytes, between commas.
 */
final class PushCodec {
  private PushCodec() {}

  /** A push and its number. */
  record Numbered(long sequence, Push push) {}

  /**
   * Reads one push.
   *
   * @throws IllegalArgumentException if it isn't one: another version of the broker wrote it
   */
  static Numbered decode(byte[] bytes) {
    int lineEnd = 0;
    while (lineEnd < bytes.length && bytes[lineEnd] != '\n') {
      lineEnd++;
    }
    String[] fields = new String(bytes, 0, lineEnd, StandardCharsets.UTF_8).split("\t", -1);
    try {
      return new Numbered(Long.parseLong(fields[0]), push(fields, bytes, lineEnd + 1));
    } catch (RuntimeException broken) {
      throw new IllegalArgumentException(
          "a push that this version does not know: " + fields.length + " fields", broken);
    }
  }

  private static Push push(String[] fields, byte[] bytes, int payloads) {
    return switch (fields[1]) {
      case "M" -> messages(fields, bytes, payloads);
      case "J" ->
          new Push.Joined(
              consumer(fields), room(fields), Position.parse(fields[4]), Long.parseLong(fields[5]));
      case "L" ->
          new Push.Left(
              consumer(fields), room(fields), Position.parse(fields[4]), Long.parseLong(fields[5]));
      case "E" ->
          new Push.Evicted(consumer(fields), Long.parseLong(fields[3]), new NodeId(fields[4]));
      case "H" -> new Push.HandedOver(consumer(fields), Long.parseLong(fields[3]));
      case "C" -> new Push.CloseRequested(consumer(fields));
      default -> throw new IllegalArgumentException("kind '" + fields[1] + "'");
    };
  }

  private static ConsumerId consumer(String[] fields) {
    return new ConsumerId(fields[2]);
  }

  private static RoomName room(String[] fields) {
    return new RoomName(fields[3]);
  }

  private static Push.RoomMessages messages(String[] fields, byte[] bytes, int payloads) {
    long previousTimeMs = Long.parseLong(fields[4]);
    long offset = Long.parseLong(fields[5]);
    long publishedAtMs = Long.parseLong(fields[6]);
    List<Message> messages = new ArrayList<>();
    int at = payloads;
    for (String field : fields[7].split(",")) {
      int length = Integer.parseInt(field);
      messages.add(new Message(offset++, PayloadText.decode(bytes, at, length), publishedAtMs));
      at += length;
    }
    return new Push.RoomMessages(new RoomName(fields[2]), fields[3], previousTimeMs, messages);
  }
}
