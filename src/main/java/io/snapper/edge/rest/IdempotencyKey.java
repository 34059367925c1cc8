package io.snapper.edge.rest;

import io.snapper.core.PublishOptions;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The header of that name (draft-ietf-httpapi-idempotency-key-header): the caller's own name for
 * what it publishes, so that a retry stores once.
 */
final class IdempotencyKey {
  /** The request header. */
  static final String HEADER = "Idempotency-Key";

  /** What an answer to a retry has, with {@code true}. The draft names none; this one is common. */
  static final String REPLAYED = "Idempotent-Replayed";

  private static final int MAX_CHARACTERS = 255;
  private static final Pattern RULE = Pattern.compile("[\\x21-\\x7e]{1," + MAX_CHARACTERS + "}");

  private final Optional<String> key;

  private IdempotencyKey(Optional<String> key) {
    this.key = key;
  }

  /**
   * Returns the key of a header's value; the draft writes it in quotes, and most callers don't.
   *
   * @param value the header's value, or null: no key
   */
  static IdempotencyKey parse(String value) {
    if (value == null) {
      return new IdempotencyKey(Optional.empty());
    }
    String key = value.strip();
    if (key.length() >= 2 && key.startsWith("\"") && key.endsWith("\"")) {
      key = key.substring(1, key.length() - 1);
    }
    if (!RULE.matcher(key).matches()) {
      Problem problem =
          ProblemException.invalid(
                  HEADER,
                  "the header "
                      + HEADER
                      + " '"
                      + Excerpts.shown(key)
                      + "' must be 1 to "
                      + MAX_CHARACTERS
                      + " visible ASCII characters")
              .problem();
      throw new ProblemException(problem.withValueAndLimit(key.length(), MAX_CHARACTERS));
    }
    return new IdempotencyKey(Optional.of(key));
  }

  /** Returns the options of a call that is one publication. */
  PublishOptions options() {
    return key.map(PublishOptions::idempotent).orElse(PublishOptions.REFUSED_WHILE_UNAVAILABLE);
  }

  /**
   * Returns the options of one of several publications of a call. A key is unique within a room,
   * which a batch may name twice.
   */
  PublishOptions options(int index) {
    return key.map(name -> PublishOptions.idempotent(name + "#" + index))
        .orElse(PublishOptions.REFUSED_WHILE_UNAVAILABLE);
  }
}
