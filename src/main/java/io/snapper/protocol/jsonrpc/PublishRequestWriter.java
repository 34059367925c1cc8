package io.snapper.protocol.jsonrpc;

import io.snapper.protocol.json.JsonText;
import java.util.List;

/**
 * Writes the request that delivers a batch: {@code
 * {"jsonrpc":"2.0","id":"…","method":"publish","params":["…",…]}}. The messages come quoted, so
 * that each is escaped once however many consumers get it. Thread-safe.
 */
public final class PublishRequestWriter {

  private static final String HEAD = "{\"jsonrpc\":\"2.0\",\"id\":";
  private static final String METHOD = ",\"method\":\"publish\",\"params\":[";

  private PublishRequestWriter() {}

  /**
   * Returns the request.
   *
   * @param prefix what stands before it in the frame; may be empty
   * @param id the request's id, not quoted
   * @param quotedMessages JSON string literals, in order
   */
  public static String write(String prefix, String id, List<String> quotedMessages) {
    StringBuilder out =
        new StringBuilder(prefix.length() + lengthBound(id.length(), quotedMessages));
    appendTo(out.append(prefix), id, quotedMessages);
    return out.toString();
  }

  /** Appends the request; see {@link #write}. */
  public static void appendTo(StringBuilder out, String id, List<String> quotedMessages) {
    out.append(HEAD);
    JsonText.quoteTo(out, id);
    out.append(METHOD);
    for (int index = 0; index < quotedMessages.size(); index++) {
      if (index > 0) {
        out.append(',');
      }
      out.append(quotedMessages.get(index));
    }
    out.append("]}");
  }

  /** Enough room for ids that need no escapes, which ours never do. */
  private static int lengthBound(int idLength, List<String> quotedMessages) {
    int length = HEAD.length() + METHOD.length() + idLength + 4 + quotedMessages.size();
    for (int index = 0; index < quotedMessages.size(); index++) {
      length += quotedMessages.get(index).length();
    }
    return length;
  }
}
