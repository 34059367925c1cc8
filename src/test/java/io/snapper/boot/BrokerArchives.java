package io.snapper.boot;

import java.io.File;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.hamcrest.Matcher;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Makes what Arquillian deploys. Used outside the server only. */
final class BrokerArchives {
  private static final String CONFIGURATION = "META-INF/microprofile-config.properties";

  private BrokerArchives() {}

  /** Returns the WAR that the build has made, with these settings and tests in it. */
  static WebArchive broker(Map<String, String> settings, Class<?>... tests) {
    WebArchive archive =
        ShrinkWrap.createFromZipFile(WebArchive.class, Directories.built("snapper.war").toFile());
    archive.delete("/WEB-INF/classes/" + CONFIGURATION);
    archive.addAsResource(
        new StringAsset("mp.openapi.scan.disable=true\n" + lines(settings)), CONFIGURATION);
    return withTests(archive, tests);
  }

  /** Returns an archive of tests alone, with properties in the file {@code test.properties}. */
  static WebArchive tests(Map<String, String> properties, Class<?>... tests) {
    WebArchive archive = ShrinkWrap.create(WebArchive.class, "tests.war");
    archive.addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml");
    archive.addAsResource(new StringAsset(lines(properties)), "test.properties");
    return withTests(archive, tests);
  }

  private static WebArchive withTests(WebArchive archive, Class<?>... tests) {
    return archive
        .addClasses(tests)
        .addAsLibraries(
            libraryOf(Assertions.class), libraryOf(Awaitility.class), libraryOf(Matcher.class));
  }

  private static String lines(Map<String, String> properties) {
    return properties.entrySet().stream()
        .map(property -> property.getKey() + "=" + property.getValue() + "\n")
        .collect(Collectors.joining());
  }

  private static File libraryOf(Class<?> type) {
    try {
      return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
