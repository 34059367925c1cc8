package io.snapper.edge.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.snapper.config.SnapperSettings;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {
  private static final int BODY_LIMIT = 1024;

  private final RequestReader reader =
      new RequestReader(
          SnapperSettings.of(
              Map.of(
                  "snapper.api.batch-limit", "3",
                  "snapper.message.limit", "512B",
                  "snapper.api.body-limit", BODY_LIMIT + "B")));

  @Test
  void shouldReadOneMessage() {
    assertThat(push("{\"message\":\"hello\"}").messages()).containsExactly("hello");
  }

  @Test
  void shouldReadSeveralMessagesInOrder() {
    assertThat(push("{\"messages\":[\"b\",\"a\",\"b\"]}").messages())
        .containsExactly("b", "a", "b");
  }

  @Test
  void shouldKeepEveryCharacter() {
    String body =
        "{\"messages\":[\"\\u0000\\ud83d\\ude00\u2028\\\"\\\\\\/\",\"\\ud800\",\"\uD83D\uDE00\"]}";

    assertThat(push(body).messages())
        .containsExactly("\u0000\uD83D\uDE00\u2028\"\\/", "\uD800", "\uD83D\uDE00");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{}                               | message      | either message",
        "{\"message\":\"a\",\"messages\":[\"b\"]} | message | either message",
        "{\"message\":5}                  | message      | must be a string, and is number",
        "{\"message\":null}               | message      | must be a string, and is null",
        "{\"message\":\"\"}               | message      | must not be empty",
        "{\"messages\":\"a\"}             | messages     | must be an array, and is string",
        "{\"messages\":[]}                | messages     | at least one",
        "{\"messages\":[\"a\",{}]}        | messages[1]  | must be a string, and is object",
        "{\"messages\":[\"a\",\"\"]}      | messages[1]  | must not be empty",
        "{\"mesage\":\"a\"}               | mesage       | no field 'mesage'",
        "{\"message\":\"a\",\"ttl\":1}    | ttl          | no field 'ttl'",
      })
  void shouldNameTheFieldThatIsWrong(String body, String field, String detail) {
    Problem problem = refusal(() -> push(body));

    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.field()).isEqualTo(field);
    assertThat(problem.detail()).contains(detail);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[\"a\"]",
        "\"a\"",
        "{\"message\":\"a\"} {}",
        "{\"message\":\"a\"}x",
        "{\"message\":\"a\",\"message\":\"b\"}",
        "{'message':'a'}",
        "{\"message\":\"\u0001\"}",
        "[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]"
      })
  void shouldRefuseWhatIsNoObjectInJson(String body) {
    Problem problem = refusal(() -> push(body));

    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.field()).isNull();
  }

  @Test
  void shouldRefuseNestingThatNoParserTakes() {
    Problem problem = refusal(() -> push("{\"message\":" + "[".repeat(100_000)));

    assertThat(problem.status()).isEqualTo(400);
  }

  @Test
  void shouldRefuseBrokenUtf8InsteadOfReplacingIt() {
    byte[] body = "{\"message\":\"\u00ff\"}".getBytes(StandardCharsets.ISO_8859_1);

    Problem problem = refusal(() -> reader.parsed(PushRequest.class, body));

    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.detail()).contains("UTF-8");
  }

  @Test
  void shouldRefuseMoreMessagesThanTheLimit() {
    Problem problem = refusal(() -> push("{\"messages\":[\"1\",\"2\",\"3\",\"4\"]}"));

    assertThat(problem.status()).isEqualTo(413);
    assertThat(problem.value()).isEqualTo(4);
    assertThat(problem.limit()).isEqualTo(3);
  }

  @Test
  void shouldKeepAWrongEntryOfABatchFromHarmingOthers() {
    BatchRequest request =
        (BatchRequest)
            parse(
                BatchRequest.class,
                "{\"entries\":[{\"room\":\"a\",\"message\":\"x\"},{\"room\":\"\",\"message\":\"x\"},"
                    + "{\"room\":\"b\",\"message\":7}]}");

    List<Delivery> entries = request.entries();
    assertThat(entries.get(0).messages()).containsExactly("x");
    assertThat(entries.get(0).refusal()).isNull();
    assertThat(entries.get(1).refusal().field()).isEqualTo("entries[1].room");
    assertThat(entries.get(2).refusal().field()).isEqualTo("entries[2].message");
    assertThat(entries.get(2).target()).isEqualTo("b");
  }

  @Test
  void shouldCountTheMessagesOfAllEntries() {
    String entry = "{\"room\":\"a\",\"messages\":[\"1\",\"2\"]}";

    Problem problem =
        refusal(() -> parse(BatchRequest.class, "{\"entries\":[" + entry + "," + entry + "]}"));

    assertThat(problem.status()).isEqualTo(413);
    assertThat(problem.value()).isEqualTo(4);
  }

  @Test
  void shouldServeAUserWhoIsNamedTwiceOnce() {
    UsersPushRequest request =
        (UsersPushRequest)
            parse(
                UsersPushRequest.class, "{\"users\":[\"ann\",\"bob\",\"ann\"],\"message\":\"x\"}");

    assertThat(request.deliveries())
        .extracting(delivery -> delivery.room().value())
        .containsExactly("userann", "userbob");
  }

  @Test
  void shouldKeepAWrongUserFromHarmingOthers() {
    UsersPushRequest request =
        (UsersPushRequest)
            parse(UsersPushRequest.class, "{\"users\":[5,\"\",\"bob\"],\"message\":\"x\"}");

    assertThat(request.deliveries())
        .extracting(delivery -> delivery.refusal() != null)
        .containsExactly(true, true, false);
  }

  @Test
  void shouldReadPartOfABodyThatSaysItIsTooLong() {
    EndlessBody body = new EndlessBody();
    MultivaluedMap<String, String> headers = new MultivaluedHashMap<>();
    headers.add(HttpHeaders.CONTENT_LENGTH, Integer.toString(BODY_LIMIT + 1));

    Problem problem = refusal(() -> read(headers, body));

    assertThat(problem.status()).isEqualTo(413);
    assertThat(problem.limit()).isEqualTo(BODY_LIMIT);
    assertThat(body.given).isBetween(1L, BODY_LIMIT + 20_000L);
  }

  @Test
  void shouldStopReadingABodyThatGoesOnAfterTheLimit() {
    EndlessBody body = new EndlessBody();

    Problem problem = refusal(() -> read(new MultivaluedHashMap<>(), body));

    assertThat(problem.status()).isEqualTo(413);
    assertThat(body.given).isLessThan(BODY_LIMIT + 20_000L);
  }

  @Test
  void shouldReadABodyAtTheLimit() {
    String text = "{\"message\":\"hello\"}";
    byte[] body = (text + " ".repeat(BODY_LIMIT - text.length())).getBytes(StandardCharsets.UTF_8);

    RequestBody request = read(new MultivaluedHashMap<>(), new ByteArrayInputStream(body));

    assertThat(((PushRequest) request).messages()).containsExactly("hello");
  }

  private PushRequest push(String body) {
    return (PushRequest) parse(PushRequest.class, body);
  }

  private RequestBody parse(Class<?> type, String body) {
    return reader.parsed(type, body.getBytes(StandardCharsets.UTF_8));
  }

  @SuppressWarnings("unchecked")
  private RequestBody read(MultivaluedMap<String, String> headers, InputStream body) {
    try {
      Class<?> type = PushRequest.class;
      return reader.readFrom((Class<RequestBody>) type, type, null, null, headers, body);
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  private static Problem refusal(Supplier<?> call) {
    return catchThrowableOfType(ProblemException.class, call::get).problem();
  }

  private static final class EndlessBody extends InputStream {
    private long given;

    @Override
    public int read() {
      given++;
      return ' ';
    }
  }
}
