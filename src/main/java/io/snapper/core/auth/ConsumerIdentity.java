package io.snapper.core.auth;

import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.UserId;
import java.util.Objects;

/**
 * What a consumer's token proves.
 *
 * @param expiresAtEpochSecond the token's end of life: from this second on it proves nothing
 */
public record ConsumerIdentity(
    ConsumerId consumer, UserId user, DeviceKind device, long expiresAtEpochSecond) {
  public ConsumerIdentity {
    Objects.requireNonNull(consumer, "consumer");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(device, "device");
  }

  /** Returns the identity whose consumerId follows from the rest. */
  public static ConsumerIdentity of(UserId user, DeviceKind device, long expiresAtEpochSecond) {
    return new ConsumerIdentity(
        ConsumerIds.of(user, device, expiresAtEpochSecond), user, device, expiresAtEpochSecond);
  }
}
