package io.snapper.protocol.jsonrpc;

/** The beginning of a value, for the texts of errors. */
final class Excerpt {

  private static final int LENGTH = 64;

  private Excerpt() {}

  static String of(String value) {
    return value.length() <= LENGTH ? value : value.substring(0, LENGTH) + "…";
  }
}
