package io.snapper.testing.process;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What another JVM of this machine can't let go of. */
public final class LiveHeap {
  private static final Pattern BYTE_ARRAYS = Pattern.compile("\\d+:\\s+\\d+\\s+(\\d+)\\s+\\[B ");

  private LiveHeap() {}

  /** Lets the JVM collect its garbage; returns how many bytes its byte arrays have then. */
  public static long byteArrays(long processId) throws IOException {
    String histogram = Jcmd.answer(processId, "GC.class_histogram");
    Matcher found = BYTE_ARRAYS.matcher(histogram);
    if (!found.find()) {
      throw new IOException(histogram);
    }
    return Long.parseLong(found.group(1));
  }
}
