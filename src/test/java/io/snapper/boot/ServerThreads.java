package io.snapper.boot;

import io.snapper.testing.process.Jcmd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lists the threads of another JVM. */
final class ServerThreads {
  private static final Pattern NAME = Pattern.compile("^\"(.*?)\" ", Pattern.MULTILINE);

  private ServerThreads() {}

  static List<String> of(long pid) {
    try {
      Matcher found = NAME.matcher(Jcmd.answer(pid, "Thread.print"));
      List<String> names = new ArrayList<>();
      while (found.find()) {
        names.add(found.group(1));
      }
      if (names.isEmpty()) {
        throw new IllegalStateException("no threads of process " + pid);
      }
      return names;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
