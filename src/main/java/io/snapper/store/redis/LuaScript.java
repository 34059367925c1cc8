package io.snapper.store.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The scripts, one per operation; each is {@code /lua/<name>.lua} on the class path behind the
 * parts of {@code /lua/shared} that it uses.
 */
enum LuaScript {
  ROOM_PUBLISH(WhenFull.REFUSED, Part.CLOCK, Part.PUSH, Part.ROOM),
  ROOM_WATCH(Part.ROOM),
  ROOM_STATE(Part.ROOM),
  ROOM_READ(Part.ROOM),
  ROOM_RENEW_EPOCH(Part.ROOM),
  CONSUMER_CLAIM(Part.CLOCK, Part.PUSH),
  CONSUMER_HAND_OVER(Part.PUSH, Part.MAILBOX),
  CONSUMER_SETTLE,
  CONSUMER_RECALL(Part.MAILBOX),
  CONSUMER_ENTER,
  CONSUMER_SAVE(Part.MAILBOX),
  CONSUMER_RELEASE(Part.MAILBOX),
  CONSUMER_WEAKEN,
  CONSUMER_JOIN(WhenFull.REFUSED, Part.PUSH),
  CONSUMER_LEAVE(Part.PUSH),
  CONSUMER_REQUEST_CLOSE(Part.PUSH),
  CONSUMER_ORPHAN(Part.PUSH),
  USER_ENTER(Part.PRESENCE),
  USER_LEAVE(Part.PRESENCE),
  PRESENCE_TAKE,
  NODE_BEAT(Part.CLOCK),
  NODE_TAKE_OVER(Part.CLOCK),
  NODE_FORGET(Part.ROOM),
  NODE_REMOVE,
  NODES_REPORT(Part.CLOCK),
  FORMAT_CHECK;

  private final String text;
  private final String digest;

  LuaScript(Part... parts) {
    this(WhenFull.RUNS, parts);
  }

  LuaScript(WhenFull whenFull, Part... parts) {
    StringBuilder script = new StringBuilder(whenFull.firstLine);
    for (Part part : parts) {
      script.append(load("shared/" + part.name().toLowerCase(Locale.ROOT)));
    }
    script.append(load(name().toLowerCase(Locale.ROOT)));
    this.text = script.toString();
    this.digest = sha1(text);
  }

  String text() {
    return text;
  }

  /** Returns the SHA-1 that Redis knows the script by. */
  String digest() {
    return digest;
  }

  private static String load(String name) {
    String resource = "/lua/" + name + ".lua";
    try (InputStream stream = LuaScript.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("no script " + resource + " on the class path");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException("can't read " + resource, failure);
    }
  }

  private static String sha1(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-1", impossible);
    }
  }

  /** What happens to a script while Redis is out of memory (maxmemory). */
  private enum WhenFull {
    /**
     * It runs: it keeps nodes and consumers alive, frees memory, or takes little. Redis looks at
     * the flags before it runs the script.
     */
    RUNS("#!lua flags=allow-oom\n"),

    /**
     * Its first command that needs memory is refused; that is its first change, so nothing is done
     * by halves. A script without the line of flags goes on once it has changed something.
     */
    REFUSED("");

    private final String firstLine;

    WhenFull(String firstLine) {
      this.firstLine = firstLine;
    }
  }

  private enum Part {
    CLOCK,
    PUSH,
    ROOM,
    MAILBOX,
    PRESENCE
  }
}
