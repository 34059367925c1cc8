package io.snapper.protocol.json;

import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;

/**
 * Decides what is JSON: the strict grammar of RFC 8259, one value per text, with a bounded depth.
 * Thread-safe.
 */
public final class JsonSyntax {

  /**
   * The deepest nesting that any caller may permit. Below what the usual providers refuse on their
   * own (1000), so that the limit is ours whatever provider a server brings.
   */
  public static final int GREATEST_DEPTH = 512;

  /** Looked up once: each {@code Json.create…} call would search the whole class path again. */
  private static final JsonProvider PROVIDER = JsonProvider.provider();

  private JsonSyntax() {}

  /**
   * Whether the text is one JSON value whose arrays and objects nest at most so deep. Uses no stack
   * per level.
   */
  public static boolean isValid(String text, int maxDepth) {
    try (JsonParser parser = PROVIDER.createParser(new StringReader(text))) {
      int depth = 0;
      while (parser.hasNext()) {
        switch (parser.next()) {
          case START_ARRAY, START_OBJECT -> {
            if (++depth > maxDepth) {
              return false;
            }
          }
          case END_ARRAY, END_OBJECT -> depth--;
          default -> {
            // Keys and scalars are checked by the parser and change nothing here.
          }
        }
      }
      return depth == 0;
    } catch (RuntimeException notJson) {
      // JsonException by contract, but providers also throw IllegalStateException,
      // NoSuchElementException or a bare RuntimeException for some texts.
      return false;
    }
  }
}
