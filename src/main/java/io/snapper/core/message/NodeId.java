package io.snapper.core.message;

import io.snapper.core.error.SnapperException;
import java.util.regex.Pattern;

/**
 * The name of one run of one broker: made at each start and never used again. 1 to 32 of {@code a-z
 * 0-9 -}.
 */
public record NodeId(String value) {
  private static final Pattern RULE = Pattern.compile("[a-z0-9-]{1,32}");

  public NodeId {
    if (value == null || !RULE.matcher(value).matches()) {
      throw SnapperException.invalid("node id '" + value + "' must be 1 to 32 of a-z, 0-9 and -");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
