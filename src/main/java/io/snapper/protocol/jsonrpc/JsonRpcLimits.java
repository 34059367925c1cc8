package io.snapper.protocol.jsonrpc;

import io.snapper.protocol.json.JsonSyntax;

/**
 * How large a JSON-RPC text may be.
 *
 * @param maxLength the longest text: bytes for bytes, UTF-16 units for a string
 * @param maxDepth the deepest nesting of arrays and objects, 4 to {@link JsonSyntax#GREATEST_DEPTH}
 * @param maxBatch the most messages in one batch
 */
public record JsonRpcLimits(int maxLength, int maxDepth, int maxBatch) {

  /** A depth that no sensible params reach. */
  public static final int DEFAULT_DEPTH = 128;

  /** As many messages as a batch may have unless configured. */
  public static final int DEFAULT_BATCH = 100;

  /** Checks the ranges. */
  public JsonRpcLimits {
    requireRange("maxLength", maxLength, 2, Integer.MAX_VALUE);
    requireRange("maxDepth", maxDepth, 4, JsonSyntax.GREATEST_DEPTH);
    requireRange("maxBatch", maxBatch, 1, Integer.MAX_VALUE);
  }

  /** The usual depth and batch size with a longest text. */
  public static JsonRpcLimits ofLength(int maxLength) {
    return new JsonRpcLimits(maxLength, DEFAULT_DEPTH, DEFAULT_BATCH);
  }

  private static void requireRange(String name, int value, int least, int greatest) {
    if (value < least || value > greatest) {
      throw new IllegalArgumentException(
          name + " is " + value + ", permitted is " + least + " to " + greatest);
    }
  }
}
