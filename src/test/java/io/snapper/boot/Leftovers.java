package io.snapper.boot;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Finds what a stopped broker should not leave. Works inside a server, too. */
final class Leftovers {
  private Leftovers() {}

  /** Returns the names of those threads that only a broker, or a library of its own, starts. */
  static Set<String> ofABroker(Iterable<String> threadNames) {
    List<String> marks =
        List.of("snapper", "redisson", "netty", "nioeventloop", "globaleventexecutor", "redis");
    Set<String> found = new TreeSet<>();
    for (String name : threadNames) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (marks.stream().anyMatch(lower::contains)) {
        found.add(name);
      }
    }
    return found;
  }

  /** Returns the names of all threads of this JVM. */
  static List<String> threadNames() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
  }
}
