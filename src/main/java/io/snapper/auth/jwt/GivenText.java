package io.snapper.auth.jwt;

import io.snapper.config.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** A setting that is either the text itself or {@code file:PATH}, the file that holds it. */
final class GivenText {
  private static final String FILE = "file:";

  private GivenText() {}

  static boolean isFile(String given) {
    return given.startsWith(FILE);
  }

  /**
   * Returns the text.
   *
   * @param key the setting's name, for the error text
   * @throws ConfigurationException if the file can't be read
   */
  static String of(String key, String given) {
    if (!isFile(given)) {
      return given;
    }
    String path = given.substring(FILE.length()).replaceFirst("^//(?=/)", "");
    try {
      return Files.readString(Path.of(path), StandardCharsets.UTF_8);
    } catch (IOException | InvalidPathException unreadable) {
      throw new ConfigurationException(List.of(key + ": can't read the file: " + unreadable));
    }
  }
}
