package io.snapper.core.message;

/**
 * The name of a room: 1 to 256 bytes of UTF-8, no control characters.
 *
 * <p>Three kinds of rooms are the broker's own and are joined without being asked: {@code
 * user<userId>} (a user's devices; the name is what old back ends publish to),
 * {@code @consumer/<consumerId>} (one device) and {@code @everyone} (whoever is online).
 */
public record RoomName(String value) {
  /** The longest name, in bytes of UTF-8. */
  public static final int MAX_BYTES = 256;

  /** The room of whoever is online. A device that comes back does not get what it missed here. */
  public static final RoomName EVERYONE = new RoomName("@everyone");

  private static final String CONSUMER_PREFIX = "@consumer/";

  public RoomName {
    // The broker's own rooms are a prefix and a name that has been checked by its own type.
    Names.checked("room", value, MAX_BYTES + CONSUMER_PREFIX.length());
    if (!value.startsWith(CONSUMER_PREFIX)) {
      Names.checked("room", value, MAX_BYTES);
    }
  }

  /** Returns the room that all devices of a user are in. */
  public static RoomName ofUser(UserId user) {
    return new RoomName("user" + user.value());
  }

  /** Returns the room that only this device is in. */
  public static RoomName ofConsumer(ConsumerId consumer) {
    return new RoomName(CONSUMER_PREFIX + consumer.value());
  }

  @Override
  public String toString() {
    return value;
  }
}
