package io.snapper.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lists the threads of another JVM, by the JDK's own tool. */
final class ServerThreads {
  private static final Pattern NAME = Pattern.compile("^\"(.*?)\" ", Pattern.MULTILINE);

  private ServerThreads() {}

  static List<String> of(long pid) {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    try {
      Process process =
          new ProcessBuilder(jcmd, Long.toString(pid), "Thread.print")
              .redirectErrorStream(true)
              .start();
      Matcher found =
          NAME.matcher(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
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
