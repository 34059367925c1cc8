package io.snapper.core.auth;

import io.snapper.core.error.SnapperException;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.UserId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The rule that makes a consumerId from what a token says, so that a client that comes back with
 * its token continues its own mailbox, on any node.
 *
 * <p>For a userId of 24 lower-case hex digits, which is how object ids are written, the id is the
 * device's letter, a dot, and the Base64 of the bytes of (userId, end of life in hex). Bytes forget
 * the case of hex digits; so a userId with an upper-case digit takes the other way, and two users
 * never share an id: the letter, a dot, and the Base64 of a SHA-256 over kind, end of life and
 * userId. The second form is longer than the first can be, so that they never meet either. In both,
 * {@code /}, {@code +} and {@code =} are written {@code _}, {@code -} and {@code ~}.
 */
public final class ConsumerIds {
  /** The latest end of life, in seconds since 1970: the largest whole number of JavaScript. */
  public static final long MAX_EPOCH_SECOND = (1L << 53) - 1;

  private static final Pattern OBJECT_ID = Pattern.compile("[0-9a-f]{24}");

  private ConsumerIds() {}

  /**
   * Returns the id for a token's claims: always the same for the same ones.
   *
   * @param expiresAtEpochSecond the token's end of life, 0 to {@link #MAX_EPOCH_SECOND}
   * @throws SnapperException with {@code INVALID_ARGUMENT} for another end of life
   */
  public static ConsumerId of(UserId user, DeviceKind device, long expiresAtEpochSecond) {
    if (expiresAtEpochSecond < 0 || expiresAtEpochSecond > MAX_EPOCH_SECOND) {
      throw SnapperException.invalid(
          "end of life " + expiresAtEpochSecond + " must be 0 to " + MAX_EPOCH_SECOND + " seconds");
    }
    byte[] name =
        OBJECT_ID.matcher(user.value()).matches()
            ? objectIdAndEnd(user.value(), expiresAtEpochSecond)
            : digest(user.value(), device, expiresAtEpochSecond);
    String text = Base64.getUrlEncoder().encodeToString(name).replace('=', '~');
    return new ConsumerId(device.letter() + "." + text);
  }

  private static byte[] objectIdAndEnd(String objectId, long expiresAtEpochSecond) {
    String end = Long.toHexString(expiresAtEpochSecond);
    return HexFormat.of().parseHex(objectId + (end.length() % 2 == 0 ? end : "0" + end));
  }

  private static byte[] digest(String user, DeviceKind device, long expiresAtEpochSecond) {
    try {
      // The userId comes last: it may hold anything, the other two never hold a dot.
      String all = device.letter() + "." + expiresAtEpochSecond + "." + user;
      return MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
