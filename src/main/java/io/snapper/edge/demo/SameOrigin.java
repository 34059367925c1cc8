package io.snapper.edge.demo;

import java.net.URI;
import java.util.Locale;

/** Tells calls of our own page from those of another server's page. */
final class SameOrigin {
  private SameOrigin() {}

  /**
   * Returns whether a call is our own page's, or no page's at all. A proxy may end TLS before us,
   * so schemes are not compared.
   *
   * @param fetchSite the header {@code Sec-Fetch-Site}, or null; browsers leave it out over plain
   *     HTTP
   * @param origin the header {@code Origin}, or null
   * @param host the header {@code Host}, or null
   */
  static boolean allows(String fetchSite, String origin, String host) {
    if (fetchSite != null) {
      return fetchSite.equals("same-origin");
    }
    return origin == null
        || host != null && authority(origin).equals(host.toLowerCase(Locale.ROOT));
  }

  /** Returns host and port as a Host header has them: without a port that the scheme implies. */
  private static String authority(String origin) {
    try {
      String authority = URI.create(origin).getRawAuthority();
      return authority == null ? "" : authority.toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException notAnOrigin) {
      return "";
    }
  }
}
