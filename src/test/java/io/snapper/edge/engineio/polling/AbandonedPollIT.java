package io.snapper.edge.engineio.polling;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.auth.jwt.Hs256Tokens;
import io.snapper.config.SnapperSettings;
import io.snapper.core.auth.DeviceKind;
import io.snapper.core.message.UserId;
import io.snapper.testing.process.LiveHeap;
import io.snapper.testing.server.RunningServer;
import io.snapper.testing.server.ServerKind;
import io.snapper.testing.server.SharedServers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client asks for long answers, reads one, nothing of the next, and lets its session end. */
class AbandonedPollIT {
  /** Far more than sockets hold. */
  private static final int ANSWER_BYTES = 24 << 20;

  private static final int NEGLIGIBLE_BYTES = ANSWER_BYTES / 2;
  private static final int RECEIVE_BUFFER_BYTES = 4096;
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\"");

  private final HttpClient client = HttpClient.newHttpClient();

  @ParameterizedTest
  @EnumSource
  void shouldHoldNoBodyAfterTheSession(ServerKind kind) throws Exception {
    Map<String, String> settings =
        Map.of(
            "snapper.redis.address", SharedServers.redis().address(),
            "snapper.consumer.ping-interval", "3s",
            "snapper.consumer.ping-timeout", "3s",
            "snapper.consumer.frame-limit", "32MiB",
            "snapper.consumer.polling.held-limit", "64MiB");
    try (RunningServer server = kind.start(settings)) {
      String query = "/websocket/?EIO=4&transport=polling&token=" + token(server);
      Matcher sid = SID.matcher(call(server, query, null));
      assertThat(sid.find()).isTrue();
      String session = query + "&sid=" + sid.group(1);
      long before = LiveHeap.byteArrays(server.pid());

      call(server, session, echo());
      assertThat(call(server, session, null).chars().filter(unit -> unit == 'y').count())
          .isEqualTo(ANSWER_BYTES);
      call(server, session, echo());
      try (Socket poll = pollUnread(server.http(), session)) {
        assertThat(LiveHeap.byteArrays(server.pid())).isGreaterThan(before + NEGLIGIBLE_BYTES);

        Awaitility.await()
            .atMost(LIMIT)
            .until(() -> LiveHeap.byteArrays(server.pid()) < before + NEGLIGIBLE_BYTES);
        assertThat(poll.isClosed()).isFalse();
      }
    }
  }

  private static String token(RunningServer server) {
    SnapperSettings settings =
        SnapperSettings.of(Map.of("snapper.data.dir", server.dataDirectory().toString()));
    return Hs256Tokens.load(settings, InstantSource.system())
        .issueConsumer(
            new UserId("abandons-poll"), DeviceKind.WEB, Instant.now().getEpochSecond() + 600);
  }

  /** A request whose answer repeats it. */
  private static String echo() {
    return "4{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":[\""
        + "y".repeat(ANSWER_BYTES)
        + "\"]}";
  }

  private String call(RunningServer server, String path, String body) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.http().resolve(path));
    if (body != null) {
      request.POST(HttpRequest.BodyPublishers.ofString(body));
    }
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.body();
  }

  private static Socket pollUnread(URI server, String path) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
    socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
    String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    // The first byte shows that the answer has begun.
    assertThat(socket.getInputStream().read()).isEqualTo('H');
    return socket;
  }
}
