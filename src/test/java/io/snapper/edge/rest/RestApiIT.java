package io.snapper.edge.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.edge.rest.ApiClient.Reply;
import io.snapper.testing.server.ServerKind;
import io.snapper.testing.server.SharedServers;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RestApiIT {
  private static final int MESSAGE_LIMIT = 1 << 20;

  @ParameterizedTest
  @EnumSource
  void shouldStoreWhatIsPushedToARoom(ServerKind kind) {
    ApiClient api = new ApiClient(SharedServers.of(kind));
    String room = newRoom();

    Reply one = api.post(messagesOf(room), "{\"message\":\"first\"}");
    Reply two = api.post(messagesOf(room), "{\"messages\":[\"second\",\"third\"]}");

    assertThat(one.status()).isEqualTo(200);
    assertThat(one.json().getString("room")).isEqualTo(room);
    assertThat(one.json().getInt("offset")).isEqualTo(1);
    assertThat(two.json().getInt("firstOffset")).isEqualTo(2);
    assertThat(two.json().getInt("lastOffset")).isEqualTo(3);
    assertThat(two.json()).doesNotContainKey("offset");
    assertThat(two.json().getString("epoch")).isEqualTo(one.json().getString("epoch"));
    JsonObject overview = api.get("/api/v1/rooms/" + room).json();
    assertThat(overview.getInt("top")).isEqualTo(3);
    assertThat(overview.getInt("connectedMembers")).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void shouldPageThroughRetainedMessages(ServerKind kind) {
    ApiClient api = new ApiClient(SharedServers.of(kind));
    String room = newRoom();
    api.post(messagesOf(room), "{\"messages\":[\"a\",\"b\",\"c\"]}");

    JsonObject first = api.get(messagesOf(room) + "?limit=2").json();
    JsonObject second = api.get(messagesOf(room) + "?after=" + first.getInt("next")).json();

    assertThat(texts(first)).containsExactly("a", "b");
    assertThat(texts(second)).containsExactly("c");
    assertThat(second).doesNotContainKey("next");
    assertThat(second.getInt("firstRetained")).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void shouldKeepEveryCharacter(ServerKind kind) {
    ApiClient api = new ApiClient(SharedServers.of(kind));
    String room = newRoom();
    List<String> texts =
        List.of("\u0000\u0001\n\u007f", "\uD83D\uDE00", "\u2028\u2029\uFEFF", "\"\\/</script>");
    JsonArrayBuilder messages = Json.createArrayBuilder(texts);

    api.post(
        messagesOf(room), Json.createObjectBuilder().add("messages", messages).build().toString());

    assertThat(texts(api.get(messagesOf(room)).json())).isEqualTo(texts);
  }

  @ParameterizedTest
  @EnumSource
  void shouldKeepASurrogateWithoutItsPartner(ServerKind kind) {
    ApiClient api = new ApiClient(SharedServers.of(kind));
    String room = newRoom();

    api.post(messagesOf(room), "{\"message\":\"a\\ud800b\"}");

    assertThat(api.get(messagesOf(room)).http().body()).contains("\"a\\ud800b\"");
  }

  @ParameterizedTest
  @EnumSource
  void shouldReachRoomsOfAnyName(ServerKind kind) {
    ApiClient api = new ApiClient(SharedServers.of(kind));
    String unique = newRoom();

    for (String tail : List.of("/a/", "%2F", "\\", ";x=1", "?#&+ ", "\u4f60\uD83D\uDE00", "..")) {
      String room = unique + tail;
      String address = "/api/v1/rooms/-/messages?room=" + ApiClient.encoded(room);
      Reply reply = api.post(address, "{\"message\":\"x\"}");
      assertThat(reply.json().getString("room")).isEqualTo(room);
      assertThat(reply.json().getInt("offset")).isEqualTo(1);
    }
    for (String tail : List.of("%", "%2F", ";x=1", "?#&+ ", "\u4f60\uD83D\uDE00", "/a")) {
      String room = unique + "path" + tail;
      Reply reply = api.post(messagesOf(ApiClient.encoded(room)), "{\"message\":\"x\"}");
      assertThat(reply.json().getString("room")).isEqualTo(room);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldStoreARetryOnce(ServerKind kind) {
    ApiClient api = new ApiClient(SharedServers.of(kind));
    String path = messagesOf(newRoom());
    String key = UUID.randomUUID().toString();

    Reply first = api.post(path, "{\"message\":\"x\"}", "Idempotency-Key", key);
    Reply retry = api.post(path, "{\"message\":\"x\"}", "Idempotency-Key", '"' + key + '"');
    Reply misuse = api.post(path, "{\"message\":\"y\"}", "Idempotency-Key", key);

    assertThat(first.header("Idempotent-Replayed")).isEmpty();
    assertThat(retry.status()).isEqualTo(200);
    assertThat(retry.json()).isEqualTo(first.json());
    assertThat(retry.header("Idempotent-Replayed")).isEqualTo("true");
    assertProblem(misuse, 422, "conflict");
    assertThat(texts(api.get(path).json())).containsExactly("x");
  }

  @ParameterizedTest
  @EnumSource
  void shouldLetARefusedEntryDoNoHarmToOthers(ServerKind kind) {
    ApiClient api = new ApiClient(SharedServers.of(kind));
    String room = newRoom();
    String large = "x".repeat(MESSAGE_LIMIT + 1);
    String body =
        "{\"entries\":[{\"room\":\"%1$s\",\"message\":\"a\"},{\"room\":\"\",\"message\":\"b\"},"
            + "{\"room\":\"%1$s\",\"message\":5},{\"room\":\"%1$s\",\"message\":\"%2$s\"},"
            + "{\"room\":\"%1$s\",\"messages\":[\"c\",\"d\"]}]}";

    Reply reply = api.post("/api/v1/messages", String.format(body, room, large));

    assertThat(reply.status()).isEqualTo(207);
    assertThat(reply.json().getInt("accepted")).isEqualTo(2);
    assertThat(statuses(reply)).containsExactly(200, 400, 400, 413, 200);
    assertThat(texts(api.get(messagesOf(room)).json())).containsExactly("a", "c", "d");
  }

  @ParameterizedTest
  @EnumSource
  void shouldStoreARetriedBatchOnce(ServerKind kind) {
    ApiClient api = new ApiClient(SharedServers.of(kind));
    String room = newRoom();
    String entry = "{\"room\":\"" + room + "\",\"message\":\"x\"}";
    String body = "{\"entries\":[" + entry + "," + entry + "]}";

    Reply first = api.post("/api/v1/messages", body, "Idempotency-Key", room);
    Reply retry = api.post("/api/v1/messages", body, "Idempotency-Key", room);

    assertThat(first.status()).isEqualTo(200);
    assertThat(retry.json()).isEqualTo(first.json());
    assertThat(retry.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(texts(api.get(messagesOf(room)).json())).containsExactly("x", "x");
  }

  @ParameterizedTest
  @EnumSource
  void shouldPushToUsersDevicesAndEveryone(ServerKind kind) {
    ApiClient api = new ApiClient(SharedServers.of(kind));
    String user = newRoom();
    String message = "{\"message\":\"x\"}";

    Reply toUser = api.post("/api/v1/users/" + user + "/messages", message);
    Reply toUsers =
        api.post(
            "/api/v1/users/messages",
            "{\"users\":[\"" + user + "\",\"" + user + "2\"],\"message\":\"y\"}");
    Reply toDevice = api.post("/api/v1/consumers/t." + user + "~~/messages", message);
    Reply toEveryone = api.post("/api/v1/everyone/messages", message);

    assertThat(toUser.json().getString("room")).isEqualTo("user" + user);
    assertThat(statuses(toUsers)).containsExactly(200, 200);
    assertThat(texts(api.get(messagesOf("user" + user)).json())).containsExactly("x", "y");
    assertThat(toDevice.json().getString("room")).isEqualTo("@consumer/t." + user + "~~");
    assertThat(toEveryone.json().getString("room")).isEqualTo("@everyone");
  }

  @ParameterizedTest
  @EnumSource
  void shouldJoinAndLeave(ServerKind kind) {
    ApiClient api = new ApiClient(SharedServers.of(kind));
    String member = "/api/v1/rooms/" + newRoom() + "/members/t.consumer";
    String token = api.token(Roles.PRODUCER);

    Reply joined = api.send("PUT", member, null, Map.of(), token);
    Reply again = api.send("PUT", member, null, Map.of(), token);
    Reply left = api.send("DELETE", member, null, Map.of(), token);

    assertThat(joined.json().getBoolean("changed")).isTrue();
    assertThat(again.json().getBoolean("changed")).isFalse();
    assertThat(again.json().getBoolean("member")).isTrue();
    assertThat(left.json().getBoolean("changed")).isTrue();
    assertThat(left.json().getBoolean("member")).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void shouldCountAndCloseConnections(ServerKind kind) {
    ApiClient api = new ApiClient(SharedServers.of(kind));
    String admin = api.token(Roles.ADMIN);
    String connections = "/api/v1/users/" + newRoom() + "/connections";

    JsonObject counted = api.get(connections).json();
    Reply user = api.send("DELETE", connections, null, Map.of(), admin);
    Reply device = api.send("DELETE", "/api/v1/consumers/x/connection", null, Map.of(), admin);

    assertThat(counted.getInt("total")).isZero();
    assertThat(counted.getInt("ios")).isZero();
    assertThat(user.json().getInt("closed")).isZero();
    assertThat(device.json().getInt("closed")).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void shouldLetNobodyInWithoutATokenThatAllowsIt(ServerKind kind) {
    ApiClient api = new ApiClient(SharedServers.of(kind));
    String room = "/api/v1/rooms/a";
    String close = "/api/v1/users/a/connections";
    String token = api.token(Roles.PRODUCER);
    String tampered = token.substring(0, token.length() - 8) + "AAAAAAAA";
    String unsigned = "eyJhbGciOiJub25lIn0." + token.split("\\.")[1] + ".";

    assertChallenge(api.send("GET", room, null, Map.of(), null));
    assertChallenge(api.send("GET", room, null, Map.of(), "x.y.z"));
    assertChallenge(api.send("GET", room, null, Map.of(), tampered));
    assertChallenge(api.send("GET", room, null, Map.of(), unsigned));
    assertChallenge(api.send("GET", room, null, Map.of(), api.expiredToken()));
    assertProblem(api.send("DELETE", close, null, Map.of(), token), 403, "forbidden");
  }

  @ParameterizedTest
  @EnumSource
  void shouldNameValueAndLimitOfWhatIsTooLarge(ServerKind kind) {
    ApiClient api = new ApiClient(SharedServers.of(kind));
    String path = messagesOf(newRoom());
    String large = "x".repeat(MESSAGE_LIMIT);
    String body = "\"" + large + "\",";

    Reply atLimit = api.post(path, "{\"message\":\"" + large + "\"}");
    Reply message = api.post(path, "{\"message\":\"" + large + "x\"}");
    Reply fifteen = api.post(path, "{\"messages\":[" + body.repeat(15) + "\"end\"]}");
    Reply seventeen = api.post(path, "{\"messages\":[" + body.repeat(17) + "\"end\"]}");

    assertThat(atLimit.status()).isEqualTo(200);
    assertProblem(message, 413, "too-large");
    assertThat(message.json().getInt("value")).isEqualTo(MESSAGE_LIMIT + 1);
    assertThat(message.json().getInt("limit")).isEqualTo(MESSAGE_LIMIT);
    assertThat(fifteen.json().getInt("lastOffset")).isEqualTo(17);
    assertProblem(seventeen, 413, "too-large");
    assertThat(seventeen.json().getInt("limit")).isEqualTo(16 << 20);
    assertThat(api.get(path + "?limit=1").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource
  void shouldAnswerEveryMistakeWithAProblem(ServerKind kind) {
    ApiClient api = new ApiClient(SharedServers.of(kind));
    String path = messagesOf(newRoom());
    String token = api.token(Roles.PRODUCER);
    Map<String, String> text = Map.of("Content-Type", "text/plain");
    Map<String, String> html = Map.of("Accept", "text/html");

    assertProblem(api.post(path, "{\"mesage\":\"x\"}"), 400, "invalid-argument");
    assertProblem(api.post(path, "{\"message\":\"x\"} x"), 400, "invalid-argument");
    assertProblem(api.post(path, "{"), 400, "invalid-argument");
    assertProblem(api.post(path, ""), 400, "invalid-argument");
    assertProblem(
        api.post(path, "{\"message\":\"x\"}", "Idempotency-Key", "a b"), 400, "invalid-argument");
    assertProblem(api.get("/api/v1/rooms/a%01b"), 400, "invalid-argument");
    assertProblem(api.get("/api/v1/rooms/" + "x".repeat(257)), 400, "invalid-argument");
    assertProblem(api.get("/api/v1/rooms/a;b"), 400, "invalid-argument");
    assertProblem(api.get("/api/v1/rooms/-?room=%ff"), 400, "invalid-argument");
    assertProblem(api.get(path + "?limit=1001"), 400, "invalid-argument");
    assertProblem(api.get(path + "?after=x"), 400, "invalid-argument");
    assertProblem(api.get("/api/v1/nothing"), 404, "not-found");
    assertProblem(
        api.send("PATCH", "/api/v1/rooms/a", null, Map.of(), token), 405, "method-not-allowed");
    assertProblem(api.send("POST", path, "x", text, token), 415, "unsupported-media-type");
    assertProblem(api.send("GET", path, null, html, token), 406, "not-acceptable");
  }

  private static void assertChallenge(Reply reply) {
    assertProblem(reply, 401, "unauthorized");
    assertThat(reply.header("WWW-Authenticate")).startsWith("Bearer");
  }

  private static void assertProblem(Reply reply, int status, String code) {
    assertThat(reply.status()).as(reply.http().body()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
    assertThat(reply.json().getString("code")).isEqualTo(code);
    assertThat(reply.json().getInt("status")).isEqualTo(status);
  }

  private static List<String> texts(JsonObject page) {
    return page.getJsonArray("messages").getValuesAs(JsonObject.class).stream()
        .map(message -> message.getString("message"))
        .collect(Collectors.toList());
  }

  private static List<Integer> statuses(Reply reply) {
    JsonArray results = reply.json().getJsonArray("results");
    return results.getValuesAs(JsonObject.class).stream()
        .map(result -> result.getInt("status"))
        .collect(Collectors.toList());
  }

  private static String messagesOf(String room) {
    return "/api/v1/rooms/" + room + "/messages";
  }

  private static String newRoom() {
    return "api" + UUID.randomUUID().toString().replace("-", "");
  }
}
