package io.snapper.edge.rest;

import io.snapper.config.SnapperSettings;
import io.snapper.protocol.json.JsonSyntax;
import io.snapper.protocol.json.Utf8;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonConfig;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Map;

/**
 * Reads the bodies of requests: within the limit, as UTF-8 without a fault, strictly.
 *
 * <p>Of a scope that has no proxy: Jersey would not see the annotations and the type through it,
 * and take its own reader.
 */
@Provider
@Dependent
@Consumes(MediaType.APPLICATION_JSON)
public class RequestReader implements MessageBodyReader<RequestBody> {
  private static final Map<Class<?>, Form> FORMS =
      Map.of(
          PushRequest.class, PushRequest::of,
          BatchRequest.class, BatchRequest::of,
          UsersPushRequest.class, UsersPushRequest::of);

  /** More than any request needs. */
  private static final int MAX_DEPTH = 16;

  private final JsonReaderFactory readers =
      Json.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

  @Inject private SnapperSettings settings;

  /** For the container, which must find a constructor without parameters. */
  public RequestReader() {}

  RequestReader(SnapperSettings settings) {
    this.settings = settings;
  }

  @Override
  public boolean isReadable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return FORMS.containsKey(type);
  }

  @Override
  public RequestBody readFrom(
      Class<RequestBody> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, String> headers,
      InputStream body)
      throws IOException {
    return parsed(type, bytes(headers.getFirst(HttpHeaders.CONTENT_LENGTH), body));
  }

  /** Returns what a body of that type says. */
  RequestBody parsed(Class<?> type, byte[] body) {
    String text =
        Utf8.decode(body)
            .orElseThrow(() -> ProblemException.invalid(null, "the body is no valid UTF-8"));
    return FORMS.get(type).of(json(text), settings.http().batchLimit());
  }

  private JsonValue json(String text) {
    if (text.isBlank()) {
      throw ProblemException.invalid(null, "the request needs a body");
    }
    boolean valid = JsonSyntax.isValid(text, MAX_DEPTH);
    try (JsonReader reader = readers.createReader(new StringReader(text))) {
      JsonValue value = reader.readValue();
      if (valid) {
        return value;
      }
    } catch (RuntimeException notJson) {
      // A JsonException by contract; for too deep a nesting it is a plain one.
      throw ProblemException.invalid(null, "the body is no JSON: " + notJson.getMessage());
    }
    throw ProblemException.invalid(
        null,
        "the body is no JSON: something follows its end, or it nests deeper than " + MAX_DEPTH);
  }

  private byte[] bytes(String declaredLength, InputStream body) throws IOException {
    long bodyLimit = settings.http().bodyLimit().bytes();
    long declared = declaredLength == null ? -1 : Long.parseLong(declaredLength.strip());
    if (declared > bodyLimit) {
      discard(body, 2 * bodyLimit);
      throw tooLarge("the body has " + declared + " bytes", declared, bodyLimit);
    }
    byte[] bytes = body.readNBytes((int) Math.min(bodyLimit + 1, Integer.MAX_VALUE - 8L));
    if (bytes.length > bodyLimit) {
      discard(body, bodyLimit);
      throw tooLarge("the body goes on after " + bodyLimit + " bytes", bytes.length, bodyLimit);
    }
    return bytes;
  }

  /**
   * Reads up to that many bytes and forgets them: a client that is still sending would not see the
   * answer, and by HTTP/2 to Payara its whole connection would hang.
   */
  private static void discard(InputStream body, long mostBytes) throws IOException {
    byte[] buffer = new byte[8192];
    long discarded = 0;
    int count = 0;
    while (count >= 0 && discarded < mostBytes) {
      count = body.read(buffer);
      discarded += count;
    }
  }

  private ProblemException tooLarge(String fact, long value, long bodyLimit) {
    return ProblemException.tooLarge(null, fact + "; the limit is " + bodyLimit, value, bodyLimit);
  }

  /** Makes a request of JSON. */
  private interface Form {
    RequestBody of(JsonValue body, int batchLimit);
  }
}
