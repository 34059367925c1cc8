package io.snapper.protocol.jsonrpc;

import io.snapper.protocol.json.JsonCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Readings of a call's params. Takes the params of a parsed message only. Thread-safe. */
public final class JsonRpcParams {

  private JsonRpcParams() {}

  /** The decoded strings of an array that has nothing but strings; empty for any other params. */
  public static Optional<List<String>> strings(Optional<String> params) {
    if (params.isEmpty() || params.get().charAt(0) != '[') {
      return Optional.empty();
    }
    List<String> strings = new ArrayList<>();
    JsonCursor cursor = new JsonCursor(params.get());
    cursor.enter();
    while (cursor.hasNext()) {
      if (!cursor.isAtString()) {
        return Optional.empty();
      }
      strings.add(cursor.takeString());
    }
    return Optional.of(List.copyOf(strings));
  }
}
