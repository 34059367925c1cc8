package io.snapper.core.message;

import io.snapper.core.error.ErrorCode;
import io.snapper.core.error.SnapperException;
import java.util.List;
import java.util.Optional;

/**
 * What a message may be: any text but the empty one, up to a limit.
 *
 * @param limitBytes the longest, in bytes of UTF-8
 */
public record PayloadRule(int limitBytes) {
  /** Returns why the texts can't be published together, or nothing. */
  public Optional<SnapperException> refusalOf(List<String> payloads) {
    if (payloads.isEmpty()) {
      return Optional.of(SnapperException.invalid("there must be at least one message"));
    }
    return payloads.stream().map(this::refusalOf).flatMap(Optional::stream).findFirst();
  }

  private Optional<SnapperException> refusalOf(String payload) {
    if (payload.isEmpty()) {
      return Optional.of(SnapperException.invalid("a message must not be empty"));
    }
    // Most are short enough in any case: counting is for those that come near the limit.
    if (3L * payload.length() <= limitBytes || utf8Length(payload) <= limitBytes) {
      return Optional.empty();
    }
    return Optional.of(
        new SnapperException(
            ErrorCode.TOO_LARGE,
            "a message has "
                + utf8Length(payload)
                + " bytes of UTF-8; the limit is "
                + limitBytes));
  }

  private static long utf8Length(String text) {
    long bytes = 0;
    for (int index = 0; index < text.length(); index++) {
      char unit = text.charAt(index);
      // The two halves of a pair count 2 + 2; a lone half is counted like one, it has no length.
      bytes += unit < 0x80 ? 1 : unit < 0x800 || Character.isSurrogate(unit) ? 2 : 3;
    }
    return bytes;
  }
}
