package io.snapper.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.awaitility.Awaitility;

/** What a person with curl and telnet could ask a broker on this machine. */
final class SimpleClient {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final int SOCKET_TIMEOUT_MS = 10_000;

  private SimpleClient() {}

  static HttpResponse<String> get(URI address) {
    return call("GET", address, null, null);
  }

  /** Calls with that JSON as its body, if it isn't null, and with the token, if it isn't null. */
  static HttpResponse<String> call(String verb, URI address, String json, String token) {
    BodyPublisher body = json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).timeout(TIMEOUT).method(verb, body);
    if (json != null) {
      request.header("Content-Type", "application/json");
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      return CLIENT.send(request.build(), BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new IllegalStateException(verb + " " + address + ": " + failure, failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** Returns the status of {@code GET /ready}, or 0 while nobody answers. */
  static int readiness(URI root) {
    try {
      return get(root.resolve("ready")).statusCode();
    } catch (IllegalStateException notYet) {
      return 0;
    }
  }

  /**
   * Waits until the broker says that it doesn't serve, with these words. Payara answers 503, too,
   * in the moment before the application does.
   */
  static void awaitNotReady(URI root, String... saying) {
    Awaitility.await()
        .atMost(START_LIMIT)
        .ignoreExceptionsInstanceOf(IllegalStateException.class)
        .untilAsserted(
            () -> {
              HttpResponse<String> answer = get(root.resolve("ready"));
              assertThat(answer.statusCode()).isEqualTo(503);
              assertThat(answer.body()).contains(saying);
            });
  }

  /** Tells whether somebody listens on a port of this machine. */
  static boolean isListening(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }

  /** Connects a producer, and returns its connection when the broker has let it in. */
  static Socket connectProducer(int port, String token) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(SOCKET_TIMEOUT_MS);
    String call =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"auth\",\"params\":[\"" + token + "\"]}";
    String frame = "$" + call.length() + "\r\n" + call + "\r\n";
    socket.getOutputStream().write(frame.getBytes(StandardCharsets.US_ASCII));
    String answer = frame(socket.getInputStream());
    if (!answer.contains("\"result\":\"OK\"")) {
      socket.close();
      throw new IOException("not let in: " + answer);
    }
    return socket;
  }

  private static String frame(InputStream input) throws IOException {
    StringBuilder length = new StringBuilder();
    for (int octet = input.read(); octet > 0 && octet != '\n'; octet = input.read()) {
      length.append((char) octet);
    }
    int bytes = Integer.parseInt(length.substring(1).strip());
    String text = new String(input.readNBytes(bytes), StandardCharsets.UTF_8);
    input.skipNBytes(2);
    return text;
  }
}
