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

  private static final String USER_PREFIX = "user";
  private static final String CONSUMER_PREFIX = "@consumer/";

  public RoomName {
    // The broker's own rooms are a prefix and a name that its own type has a limit for.
    int maxBytes =
        value == null
            ? MAX_BYTES
            : value.startsWith(USER_PREFIX)
                ? USER_PREFIX.length() + UserId.MAX_BYTES
                : value.startsWith(CONSUMER_PREFIX)
                    ? CONSUMER_PREFIX.length() + ConsumerId.MAX_BYTES
                    : MAX_BYTES;
    Names.checked("room", value, maxBytes);
  }

  /** Returns the room that all devices of a user are in. */
  public static RoomName ofUser(UserId user) {
    return new RoomName(USER_PREFIX + user.value());
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
