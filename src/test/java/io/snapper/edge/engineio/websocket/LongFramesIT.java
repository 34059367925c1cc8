package io.snapper.edge.engineio.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.auth.jwt.Hs256Tokens;
import io.snapper.auth.jwt.HttpKeys;
import io.snapper.auth.jwt.HttpTokenIssuer;
import io.snapper.config.SnapperSettings;
import io.snapper.core.auth.DeviceKind;
import io.snapper.core.message.UserId;
import io.snapper.testing.process.LiveHeap;
import io.snapper.testing.server.RunningServer;
import io.snapper.testing.server.ServerKind;
import io.snapper.testing.server.SharedServers;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Long messages to many WebSockets, which the server must not keep for each. */
class LongFramesIT {
  /** A socket takes it at once, so that the server need not copy it. */
  private static final int LONG = 60_000;

  private static final int DEVICES = 400;

  /** More than sockets take whose receiver takes little. */
  private static final int VERY_LONG = 900_000;

  private static final int SLOW_USERS = 8;
  private static final int SMALL_RECEIVE_BUFFER_BYTES = 4096;
  private static final int RECEIVE_BUFFER_BYTES = 256 * 1024;
  private static final int READ_LIMIT_MS = 60_000;

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Device> devices = new ArrayList<>();
  private RunningServer server;
  private SnapperSettings settings;
  private Hs256Tokens tokens;

  @AfterEach
  void disconnect() throws IOException {
    for (Device device : devices) {
      device.socket.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldNotBeKeptForEachConnection(ServerKind kind) throws Exception {
    use(kind);
    for (int index = 0; index < DEVICES; index++) {
      connect("many-devices", RECEIVE_BUFFER_BYTES);
    }
    long before = LiveHeap.byteArrays(server.pid());

    publish("many-devices", text('x', LONG));
    for (Device device : devices) {
      device.awaitMessage();
      assertThat(device.readMessage()).contains(text('x', LONG));
    }
    long oneEach = (long) DEVICES * LONG;
    assertThat(LiveHeap.byteArrays(server.pid()) - before).isLessThan(oneEach / 4);
  }

  @ParameterizedTest
  @EnumSource
  void shouldBeWholeAlsoIfOthersAreWrittenMeanwhile(ServerKind kind) throws Exception {
    use(kind);
    for (int user = 0; user < SLOW_USERS; user++) {
      connect("slow-" + user, SMALL_RECEIVE_BUFFER_BYTES);
      publish("slow-" + user, text(letterOf(user), VERY_LONG));
    }
    for (Device device : devices) {
      // The server holds the rest.
      device.awaitMessage();
    }
    for (int user = 0; user < SLOW_USERS; user++) {
      assertThat(devices.get(user).readMessage()).contains(text(letterOf(user), VERY_LONG));
    }
  }

  private void use(ServerKind kind) {
    server = SharedServers.of(kind);
    settings = SnapperSettings.of(Map.of("snapper.data.dir", server.dataDirectory().toString()));
    tokens = Hs256Tokens.load(settings, InstantSource.system());
  }

  private void connect(String user, int receiveBuffer) throws IOException {
    // A token with another end is another device's.
    long end = soon() + devices.size();
    String token = tokens.issueConsumer(new UserId(user), DeviceKind.WEB, end);
    Device device = new Device(server.http(), token, receiveBuffer);
    devices.add(device);
    device.awaitOpen();
  }

  private static char letterOf(int user) {
    return (char) ('a' + user);
  }

  private static String text(char letter, int length) {
    return Character.toString(letter).repeat(length);
  }

  private void publish(String user, String message) throws Exception {
    String token =
        new HttpTokenIssuer(
                HttpKeys.load(settings), settings.http().issuer(), InstantSource.system())
            .issue("back-end", Set.of("producer"), soon());
    HttpRequest request =
        HttpRequest.newBuilder(server.http().resolve("api/v1/users/" + user + "/messages"))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofString("{\"message\":\"" + message + "\"}"))
            .build();
    assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  private static long soon() {
    return Instant.now().plusSeconds(600).getEpochSecond();
  }

  /** A consumer that reads when it is told to, and takes little before. */
  private static final class Device {
    private final Socket socket = new Socket();
    private final DataInputStream input;
    private long unread;

    Device(URI server, String token, int receiveBuffer) throws IOException {
      socket.setReceiveBufferSize(receiveBuffer);
      socket.setSoTimeout(READ_LIMIT_MS);
      socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
      String handshake =
          "GET /websocket/?EIO=3&transport=websocket&token="
              + token
              + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
              + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
      socket.getOutputStream().write(handshake.getBytes(StandardCharsets.US_ASCII));
      input = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1024));
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) input.readUnsignedByte());
      }
      assertThat(head).startsWith("HTTP/1.1 101 ");
    }

    /** Returns when the broker has said that the session is open. */
    void awaitOpen() throws IOException {
      assertThat(nextPacket()).isEqualTo('0');
    }

    /** Returns when the beginning of a message has come. */
    void awaitMessage() throws IOException {
      char type;
      do {
        type = nextPacket();
      } while (type != '4');
    }

    /** Skips what is left of a packet; returns the type of the next one, whose text follows. */
    private char nextPacket() throws IOException {
      input.skipNBytes(unread);
      input.readUnsignedByte();
      int length = input.readUnsignedByte();
      unread = length < 126 ? length : length == 126 ? input.readUnsignedShort() : input.readLong();
      unread--;
      return (char) input.readUnsignedByte();
    }

    /** Reads the rest of the message's packet. */
    String readMessage() throws IOException {
      byte[] text = input.readNBytes((int) unread);
      unread = 0;
      return new String(text, StandardCharsets.UTF_8);
    }
  }
}
