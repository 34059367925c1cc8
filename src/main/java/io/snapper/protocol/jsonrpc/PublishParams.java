package io.snapper.protocol.jsonrpc;

import io.snapper.protocol.json.JsonCursor;
import io.snapper.protocol.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The params of {@code publish}: {@code [[room, message], …]} or one pair {@code [room, message]};
 * or {@code {"producer": name, "sequence": number, "messages": …}}, where the messages have one of
 * these two forms.
 *
 * @param pairs the pairs that are two non-empty strings, in order
 * @param skipped how many others there were
 * @param number the call's place in what its producer publishes, if it has one
 */
public record PublishParams(List<Pair> pairs, int skipped, Optional<Number> number) {
  private static final int MAX_PRODUCER_CHARACTERS = 128;

  /** As many digits as 2^53 has. */
  private static final int MAX_DIGITS = 16;

  /** Copies the list. */
  public PublishParams {
    pairs = List.copyOf(pairs);
    Objects.requireNonNull(number, "number");
  }

  /** Params without a number. */
  PublishParams(List<Pair> pairs, int skipped) {
    this(pairs, skipped, Optional.empty());
  }

  /**
   * The place of a call in what its producer publishes.
   *
   * @param producer 1 to 128 characters without control characters
   * @param sequence 1 to 2^53-1
   */
  public record Number(String producer, long sequence) {
    private static final long MAX_SEQUENCE = (1L << 53) - 1;

    private boolean isValid() {
      return !producer.isEmpty()
          && producer.length() <= MAX_PRODUCER_CHARACTERS
          && producer.chars().noneMatch(Character::isISOControl)
          && sequence >= 1
          && sequence <= MAX_SEQUENCE;
    }
  }

  /**
   * Returns the same with the producer named within {@code scope}: names of two scopes are never
   * equal. The scope has no control characters.
   */
  public PublishParams within(String scope) {
    return new PublishParams(
        pairs,
        skipped,
        number.map(place -> new Number(scope + "\n" + place.producer(), place.sequence())));
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
   * Reads the params of a parsed message; empty if they are missing or have none of the forms.
   *
   * <p>An array that starts with a string is one pair, never a list: otherwise {@code ["room",
   * ["a", "b"]]} would publish b to a.
   */
  public static Optional<PublishParams> parse(Optional<String> params) {
    if (params.isEmpty()) {
      return Optional.empty();
    }
    return params.get().charAt(0) == '{'
        ? parseNumbered(new JsonCursor(params.get()))
        : parseMessages(params.get());
  }

  private static Optional<PublishParams> parseMessages(String messages) {
    if (messages.charAt(0) != '[') {
      return Optional.empty();
    }
    JsonCursor cursor = new JsonCursor(messages);
    cursor.enter();
    if (!cursor.hasNext()) {
      return Optional.of(new PublishParams(List.of(), 0));
    }
    Reader reader = new Reader(new JsonCursor(messages));
    if (cursor.isAtString()) {
      reader.readPair();
    } else {
      reader.readList();
    }
    return Optional.of(new PublishParams(reader.pairs, reader.skipped));
  }

  private static Optional<PublishParams> parseNumbered(JsonCursor cursor) {
    String producer = "";
    long sequence = 0;
    Optional<PublishParams> messages = Optional.empty();
    cursor.enter();
    while (cursor.hasNext()) {
      switch (cursor.takeKey()) {
        case "producer" -> producer = cursor.isAtString() ? cursor.takeString() : skipped(cursor);
        case "sequence" -> sequence = number(cursor.takeRaw());
        case "messages" -> messages = parseMessages(cursor.takeRaw());
        default -> cursor.skipValue();
      }
    }
    Number number = new Number(producer, sequence);
    return messages
        .filter(read -> number.isValid())
        .map(read -> new PublishParams(read.pairs(), read.skipped(), Optional.of(number)));
  }

  private static String skipped(JsonCursor cursor) {
    cursor.skipValue();
    return "";
  }

  /** Returns the whole number that is written; 0, which none is, for anything else. */
  private static long number(String raw) {
    boolean isWhole =
        raw.length() <= MAX_DIGITS && raw.chars().allMatch(unit -> unit >= '0' && unit <= '9');
    return isWhole ? Long.parseLong(raw) : 0;
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
