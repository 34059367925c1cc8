package io.snapper.core.message;

/**
 * The name of one device or tab and of its mailbox: 1 to 256 bytes of UTF-8, no control characters.
 * No secret.
 */
public record ConsumerId(String value) {
  /** The longest id, in bytes of UTF-8. */
  public static final int MAX_BYTES = 256;

  public ConsumerId {
    Names.checked("consumerId", value, MAX_BYTES);
  }

  @Override
  public String toString() {
    return value;
  }
}
