package io.snapper.protocol;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** The vectors that the published clients' own parsers made; see src/test/npm/vectors. */
public final class Vectors {

  private Vectors() {}

  /** The vectors of a file that is an object. */
  public static JsonObject object(String name) {
    return (JsonObject) read(name);
  }

  /** The vectors of a file that is an array of objects. */
  public static List<JsonObject> list(String name) {
    return ((JsonArray) read(name)).getValuesAs(JsonObject.class);
  }

  /** The vectors of a file that is an array of strings. */
  public static List<String> strings(String name) {
    return strings((JsonArray) read(name));
  }

  /** The strings of an array. */
  public static List<String> strings(JsonArray array) {
    return array.getValuesAs(jakarta.json.JsonString::getString);
  }

  /** The bytes that a member gives in hexadecimal. */
  public static byte[] bytes(JsonObject vector, String member) {
    return HexFormat.of().parseHex(vector.getString(member));
  }

  private static JsonStructure read(String name) {
    String resource = "/vectors/" + name + ".json";
    try (InputStream stream =
            Objects.requireNonNull(Vectors.class.getResourceAsStream(resource), resource);
        JsonReader reader = JsonProvider.provider().createReader(stream)) {
      return reader.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
