package io.snapper.store.redis;

import io.snapper.core.message.NodeId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The last save of a mailbox into which nothing else has been written since; its text is {@code
 * <number> <fence> <node>}.
 */
record LastSave(long number, long fence, NodeId node) {
  private static final Pattern FORM = Pattern.compile("(\\d+) (\\d+) (\\S+)");

  /** Returns nothing for the text of earlier versions, which had no notes: the number alone. */
  static Optional<LastSave> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new LastSave(
            Long.parseLong(form.group(1)),
            Long.parseLong(form.group(2)),
            new NodeId(form.group(3))));
  }

  @Override
  public String toString() {
    return number + " " + fence + " " + node;
  }
}
