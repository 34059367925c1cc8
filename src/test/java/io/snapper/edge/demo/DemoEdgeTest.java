package io.snapper.edge.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.error.SnapperException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoEdgeTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.123456Z");

  private final RecordingBroker broker = new RecordingBroker();
  private final PlainTokens tokens = new PlainTokens();
  private long nowNanos;
  private final DemoEdge edge =
      new DemoEdge(true, broker, tokens, tokens, Clock.fixed(NOW, ZoneOffset.UTC), () -> nowNanos);

  @Test
  void shouldGiveEveryTabOfAUserItsOwnConsumer() {
    JsonObject first = json(call(DemoServlet.SESSION, "{\"user\":\"ada\"}"));
    JsonObject second = json(call(DemoServlet.SESSION, "{\"user\":\"ada\"}"));

    assertThat(first.getString("consumerId")).isNotEqualTo(second.getString("consumerId"));
    assertThat(first.getJsonObject("userRoom").getString("room")).isEqualTo("userada");
    assertThat(Instant.parse(first.getString("expiresAt")))
        .isBetween(NOW.plusSeconds(12 * 3600 - 1), NOW.plusSeconds(13 * 3600));
  }

  @Test
  void shouldJoinLeaveAndSayWhereTheRoomStands() {
    String token = token("ada");

    JsonObject joined = json(call(DemoServlet.JOIN, in("lobby", token)));
    JsonObject again = json(call(DemoServlet.JOIN, in("lobby", token)));
    JsonObject left = json(call(DemoServlet.LEAVE, in("lobby", token)));

    assertThat(joined.getBoolean("joined")).isTrue();
    assertThat(joined.getString("epoch")).isEqualTo("e1");
    assertThat(again.getBoolean("joined")).isFalse();
    assertThat(left.getBoolean("left")).isTrue();
    assertThat(broker.members).isEmpty();
  }

  @Test
  void shouldPublishWhoSaidWhatAndWhen() {
    JsonObject answer =
        json(call(DemoServlet.MESSAGES, message("lobby", token("ada"), "hi \\\"x\\\"")));

    assertThat(answer.getJsonNumber("offset").longValue()).isEqualTo(1);
    JsonObject stored = json(broker.published.get(0));
    assertThat(stored.getString("from")).isEqualTo("ada");
    assertThat(stored.getString("text")).isEqualTo("hi \"x\"");
    assertThat(stored.getString("room")).isEqualTo("lobby");
    assertThat(stored.getJsonNumber("sentAtMs")).hasToString("1795262400123.456");
    assertThat(edge.clock().body()).isEqualTo("{\"nowMs\":1795262400123.456}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "@everyone | 403",
        "@consumer/t.x | 403",
        "userbob | 403",
        "userada | 200",
        "lobby | 200",
        "a\u0001b | 400"
      })
  void shouldKeepVisitorsOutOfRoomsOfOthers(String room, int status) {
    String call = in(room.replace("\u0001", "\\u0001"), token("ada"));

    assertThat(call(DemoServlet.JOIN, call).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/demo/session | '' | 400",
        "/demo/session | [] | 400",
        "/demo/session | {\"user\":5} | 400",
        "/demo/session | {\"user\":\"\"} | 400",
        "/demo/rooms/join | {\"token\":\"forged\",\"room\":\"lobby\"} | 401",
        "/demo/rooms/join | {\"room\":\"lobby\"} | 400",
        "/demo/messages | {\"token\":\"1 ada\",\"room\":\"lobby\",\"text\":\"\"} | 400",
        "/demo/other | {} | 404"
      })
  void shouldRefuseBadCalls(String path, String body, int status) {
    DemoAnswer answer = call(path, body);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.mediaType()).isEqualTo(DemoAnswer.PROBLEM);
    assertThat(json(answer).getString("detail")).isNotBlank();
  }

  @Test
  void shouldRefuseWhatIsTooLong() {
    assertThat(call(DemoServlet.SESSION, "{\"user\":\"" + "x".repeat(65) + "\"}").status())
        .isEqualTo(413);
    assertThat(
            call(DemoServlet.MESSAGES, message("lobby", token("ada"), "x".repeat(2001))).status())
        .isEqualTo(413);
    assertThat(call(DemoServlet.SESSION, " ".repeat(DemoEdge.BODY_LIMIT + 1)).status())
        .isEqualTo(413);
    assertThat(broker.published).isEmpty();
  }

  @Test
  void shouldLimitEachConsumerAndForgiveWithTime() {
    String hasty = message("lobby", token("ada"), "x");
    String calm = message("lobby", token("bob"), "x");
    for (int call = 0; call < 60; call++) {
      assertThat(call(DemoServlet.MESSAGES, hasty).status()).isEqualTo(200);
    }

    assertThat(call(DemoServlet.MESSAGES, hasty).status()).isEqualTo(429);
    assertThat(call(DemoServlet.MESSAGES, calm).status()).isEqualTo(200);
    nowNanos += 50_000_000;
    assertThat(call(DemoServlet.MESSAGES, hasty).status()).isEqualTo(200);
    assertThat(call(DemoServlet.MESSAGES, hasty).status()).isEqualTo(429);
  }

  @Test
  void shouldTellARefusalAndHideAFault() {
    broker.failure = SnapperException.unavailable("Redis can't be reached", null);
    DemoAnswer refusal = call(DemoServlet.JOIN, in("lobby", token("ada")));
    broker.failure = new IllegalStateException("a detail for the log");
    DemoAnswer fault = call(DemoServlet.JOIN, in("lobby", token("ada")));

    assertThat(refusal.status()).isEqualTo(503);
    assertThat(json(refusal).getString("detail")).isEqualTo("Redis can't be reached");
    assertThat(fault.status()).isEqualTo(500);
    assertThat(fault.body()).doesNotContain("a detail for the log");
  }

  private String token(String user) {
    return "1800000000 " + user;
  }

  private static String in(String room, String token) {
    return "{\"token\":\"" + token + "\",\"room\":\"" + room + "\"}";
  }

  private static String message(String room, String token, String text) {
    return "{\"token\":\"" + token + "\",\"room\":\"" + room + "\",\"text\":\"" + text + "\"}";
  }

  private DemoAnswer call(String path, String body) {
    return edge.call(path, body.getBytes(StandardCharsets.UTF_8), "127.0.0.1")
        .toCompletableFuture()
        .join();
  }

  private static JsonObject json(DemoAnswer answer) {
    return json(answer.body());
  }

  private static JsonObject json(String text) {
    return Json.createReader(new StringReader(text)).readObject();
  }
}
