package io.snapper.protocol.jsonrpc;

import io.snapper.protocol.json.JsonCursor;
import io.snapper.protocol.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The params of {@code publish}: {@code [[room, message], …]} or one pair {@code [room, message]}.
 *
 * @param pairs the pairs that are two non-empty strings, in order
 * @param skipped how many others there were
 */
public record PublishParams(List<Pair> pairs, int skipped) {

  /** Copies the list. */
  public PublishParams {
    pairs = List.copyOf(pairs);
  }

  /**
   * One message for one room.
   *
   * @param room the room's name, decoded, not empty
   * @param quotedMessage the message as the JSON string literal that came in, quotes included; it
   *     can go out again as it is
   */
  public record Pair(String room, String quotedMessage) {

    /** The message, decoded. Decodes on each call. */
    public String message() {
      return JsonText.unquote(quotedMessage);
    }
  }

  /**
   * Reads the params of a parsed message; empty if they are missing or no array.
   *
   * <p>An array that starts with a string is one pair, never a list: otherwise {@code ["room",
   * ["a", "b"]]} would publish b to a.
   */
  public static Optional<PublishParams> parse(Optional<String> params) {
    if (params.isEmpty() || params.get().charAt(0) != '[') {
      return Optional.empty();
    }
    JsonCursor cursor = new JsonCursor(params.get());
    cursor.enter();
    if (!cursor.hasNext()) {
      return Optional.of(new PublishParams(List.of(), 0));
    }
    Reader reader = new Reader(new JsonCursor(params.get()));
    if (cursor.isAtString()) {
      reader.readPair();
    } else {
      reader.readList();
    }
    return Optional.of(new PublishParams(reader.pairs, reader.skipped));
  }

  private static final class Reader {
    private final JsonCursor cursor;
    private final List<Pair> pairs = new ArrayList<>();
    private int skipped;

    Reader(JsonCursor cursor) {
      this.cursor = cursor;
    }

    void readList() {
      cursor.enter();
      while (cursor.hasNext()) {
        if (cursor.isAtArray()) {
          readPair();
        } else {
          cursor.skipValue();
          skipped++;
        }
      }
    }

    void readPair() {
      String room = "";
      String quotedMessage = "";
      int strings = 0;
      int values = 0;
      cursor.enter();
      while (cursor.hasNext()) {
        values++;
        if (!cursor.isAtString() || values > 2) {
          cursor.skipValue();
        } else if (values == 1) {
          room = cursor.takeString();
          strings++;
        } else {
          quotedMessage = cursor.takeRaw();
          strings++;
        }
      }
      if (strings == 2 && values == 2 && !room.isEmpty() && quotedMessage.length() > 2) {
        pairs.add(new Pair(room, quotedMessage));
      } else {
        skipped++;
      }
    }
  }
}
