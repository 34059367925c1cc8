package io.snapper.core;

/**
 * How a publication is treated.
 *
 * @param idempotencyKey the caller's name for it, so that a retry stores once; or null
 * @param heldWhileUnavailable true: while the store is away the broker keeps it and stores it later
 *     (the caller must bound what it has under way); false: it fails with {@code UNAVAILABLE}
 *     instead, and then may or may not have been stored
 */
public record PublishOptions(String idempotencyKey, boolean heldWhileUnavailable) {
  /** Kept until the store takes it. */
  public static final PublishOptions HELD = new PublishOptions(null, true);

  /** Refused when the store is away. */
  public static final PublishOptions REFUSED_WHILE_UNAVAILABLE = new PublishOptions(null, false);

  /** Returns the options of a caller that may retry with the same key. */
  public static PublishOptions idempotent(String key) {
    return new PublishOptions(key, false);
  }
}
