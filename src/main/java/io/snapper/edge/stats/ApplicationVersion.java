package io.snapper.edge.stats;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The version that the build wrote into the WAR. */
final class ApplicationVersion {
  private static final String WRITTEN_BY_BUILD =
      "/META-INF/maven/io.snapper/snapper/pom.properties";
  private static final String UNKNOWN = "development";

  private ApplicationVersion() {}

  static String of(ServletContext context) {
    try (InputStream file = context.getResourceAsStream(WRITTEN_BY_BUILD)) {
      Properties properties = new Properties();
      if (file != null) {
        properties.load(file);
      }
      return properties.getProperty("version", UNKNOWN);
    } catch (IOException unreadable) {
      return UNKNOWN;
    }
  }
}
