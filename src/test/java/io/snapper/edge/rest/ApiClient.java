package io.snapper.edge.rest;

import io.snapper.auth.jwt.HttpKeys;
import io.snapper.auth.jwt.HttpTokenIssuer;
import io.snapper.config.SnapperSettings;
import io.snapper.testing.server.RunningServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;

/** Calls the API of a server with tokens that are signed with that server's key. */
final class ApiClient {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final URI root;
  private final HttpTokenIssuer issuer;

  ApiClient(RunningServer server) {
    SnapperSettings settings =
        SnapperSettings.of(Map.of("snapper.data.dir", server.dataDirectory().toString()));
    root = server.http();
    issuer =
        new HttpTokenIssuer(
            HttpKeys.load(settings), settings.http().issuer(), InstantSource.system());
  }

  /** An answer; {@link #json} reads its body. */
  record Reply(HttpResponse<String> http) {
    int status() {
      return http.statusCode();
    }

    String header(String name) {
      return http.headers().firstValue(name).orElse("");
    }

    JsonObject json() {
      try (JsonReader reader = Json.createReader(new StringReader(http.body()))) {
        return reader.readObject();
      }
    }
  }

  String token(String role) {
    return issuer.issue("back-end", Set.of(role), Instant.now().plusSeconds(600).getEpochSecond());
  }

  String expiredToken() {
    Instant end = Instant.now().minusSeconds(10);
    return issuer.issue("back-end", Set.of(Roles.ADMIN), end.getEpochSecond());
  }

  Reply get(String path) {
    return send("GET", path, null, Map.of(), token(Roles.PRODUCER));
  }

  Reply post(String path, String body, String... headers) {
    return send("POST", path, body, pairs(headers), token(Roles.PRODUCER));
  }

  /** Calls with the token, or without one if it is null. */
  Reply send(String method, String path, String body, Map<String, String> headers, String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(root.resolve(path)).timeout(Duration.ofSeconds(60));
    if (body == null) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      request.header("Content-Type", "application/json");
      request.method(method, HttpRequest.BodyPublishers.ofString(body));
    }
    headers.forEach(request::setHeader);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      return new Reply(CLIENT.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Map<String, String> pairs(String... headers) {
    return headers.length == 0 ? Map.of() : Map.of(headers[0], headers[1]);
  }
}
