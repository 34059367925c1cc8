package io.snapper.edge.rest;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.config.PropertyOrderStrategy;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;

/**
 * Writes the answers of this package with JSON Binding. The containers' own writers would lose a
 * surrogate without its partner, which JSON can carry and UTF-8 can't.
 */
@Provider
@Produces(MediaType.APPLICATION_JSON)
public class JsonWriter implements MessageBodyWriter<Answer> {
  private final Jsonb jsonb =
      JsonbBuilder.create(new JsonbConfig().withPropertyOrderStrategy(PropertyOrderStrategy.ANY));

  @Override
  public boolean isWriteable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return Answer.class.isAssignableFrom(type);
  }

  @Override
  public void writeTo(
      Answer answer,
      Class<?> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, Object> headers,
      OutputStream out)
      throws IOException {
    out.write(withoutLoneSurrogates(jsonb.toJson(answer)).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Returns JSON text with each lone surrogate escaped; they are inside of strings, as nothing else
   * of JSON holds any.
   */
  static String withoutLoneSurrogates(String json) {
    StringBuilder escaped = null;
    int copied = 0;
    for (int index = 0; index < json.length(); index++) {
      char unit = json.charAt(index);
      if (!Character.isSurrogate(unit)) {
        continue;
      }
      if (Character.isHighSurrogate(unit)
          && index + 1 < json.length()
          && Character.isLowSurrogate(json.charAt(index + 1))) {
        index++;
        continue;
      }
      if (escaped == null) {
        escaped = new StringBuilder(json.length() + 16);
      }
      escaped.append(json, copied, index).append(String.format("\\u%04x", (int) unit));
      copied = index + 1;
    }
    return escaped == null ? json : escaped.append(json, copied, json.length()).toString();
  }
}
