package io.snapper.core;

import io.snapper.core.store.PublishRequest.Sequence;

/**
 * How a publication is treated.
 *
 * @param idempotencyKey the caller's name for it, so that a retry stores once; or null
 * @param sequence its place in what the caller publishes, so that a retry stores once; or null. Not
 *     both
 * @param heldWhileUnavailable true: while the store is away the broker keeps it and stores it later
 *     (the caller must bound what it has under way), and fails with {@code UNCERTAIN} only what was
 *     sent to the store and had no answer for minutes; false: it fails with {@code UNAVAILABLE}
 *     instead, and then may or may not have been stored
 */
public record PublishOptions(
    String idempotencyKey, Sequence sequence, boolean heldWhileUnavailable) {
  /** Kept until the store takes it. */
  public static final PublishOptions HELD = new PublishOptions(null, null, true);

  /** Refused when the store is away. */
  public static final PublishOptions REFUSED_WHILE_UNAVAILABLE =
      new PublishOptions(null, null, false);

  public PublishOptions {
    if (idempotencyKey != null && sequence != null) {
      throw new IllegalArgumentException("an idempotency key and a sequence");
    }
  }

  /** Returns the options of a caller that may retry with the same key. */
  public static PublishOptions idempotent(String key) {
    return new PublishOptions(key, null, false);
  }

  /** Returns the options of a caller that numbers what it publishes; kept like {@link #HELD}. */
  public static PublishOptions numbered(Sequence sequence) {
    return new PublishOptions(null, sequence, true);
  }
}
