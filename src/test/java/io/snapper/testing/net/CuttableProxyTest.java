package io.snapper.testing.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snapper.testing.net.CuttableProxy.Direction;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CuttableProxyTest {
  private static final int SILENCE_MS = 100;
  private static final int PATIENCE_MS = 10_000;

  private ServerSocket server;
  private CuttableProxy proxy;
  private Socket client;
  private Socket accepted;

  @BeforeEach
  void connect() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    proxy = CuttableProxy.to(server.getLocalPort());
    client = newClient();
    accepted = server.accept();
    accepted.setSoTimeout(PATIENCE_MS);
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    accepted.close();
    proxy.close();
    server.close();
  }

  @Test
  void shouldForwardBothWaysAndTheEnd() throws IOException {
    say(client, "question");
    assertThat(read(accepted, 8)).isEqualTo("question");
    say(accepted, "answer");
    assertThat(read(client, 6)).isEqualTo("answer");

    client.shutdownOutput();

    assertThat(accepted.getInputStream().read()).isEqualTo(-1);
    say(accepted, "last");
    accepted.close();
    assertThat(read(client, 4)).isEqualTo("last");
    assertThat(client.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void shouldForwardMoreThanItsBuffer() throws Exception {
    String text = "0123456789abcdef".repeat(1 << 16);

    Thread sender = new Thread(() -> sayUnchecked(client, text));
    sender.start();

    assertThat(read(accepted, text.length())).isEqualTo(text);
    sender.join();
  }

  @Test
  void shouldBreakConnectionsWhenTheyAreCut() throws IOException {
    assertThat(proxy.cut()).isEqualTo(1);

    assertThatThrownBy(() -> readOrEnd(client)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> readOrEnd(accepted)).isInstanceOf(IOException.class);
    assertThat(proxy.openConnections()).isZero();
  }

  @Test
  void shouldKeepBackOneDirectionInSilenceAndGoOnLater() throws IOException {
    proxy.stall(Direction.TO_CLIENT);

    say(client, "question");
    assertThat(read(accepted, 8)).isEqualTo("question");
    say(accepted, "answer");
    accepted.shutdownOutput();
    assertSilent(client);
    proxy.resume();

    client.setSoTimeout(PATIENCE_MS);
    assertThat(read(client, 6)).isEqualTo("answer");
    assertThat(client.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void shouldKeepBackOnlyTheConnectionThatIsAskedFor() throws IOException {
    say(client, "SSUBSCRIBE");
    assertThat(read(accepted, 10)).isEqualTo("SSUBSCRIBE");
    try (Socket other = newClient();
        Socket otherAccepted = server.accept()) {
      assertThat(proxy.stall(Direction.TO_CLIENT, open -> open.hasClientSaid("SSUBSCRIBE")))
          .isEqualTo(1);

      say(accepted, "kept back");
      say(otherAccepted, "passed on");

      assertThat(read(other, 9)).isEqualTo("passed on");
      assertSilent(client);
    }
  }

  @Test
  void shouldKeepBackOpenAndNewConnectionsOfAnIsolatedClient() throws IOException {
    proxy.isolate(open -> open.clientAddress().equals("127.0.0.1"));

    say(accepted, "open");
    assertSilent(client);
    try (Socket other = newClient();
        Socket otherAccepted = server.accept()) {
      say(otherAccepted, "new");
      assertSilent(other);
      proxy.resume();

      client.setSoTimeout(PATIENCE_MS);
      other.setSoTimeout(PATIENCE_MS);
      assertThat(read(client, 4)).isEqualTo("open");
      assertThat(read(other, 3)).isEqualTo("new");
    }
  }

  @Test
  void shouldKeepBackNobodyElseThanTheIsolatedClient() throws IOException {
    proxy.isolate(open -> open.clientAddress().equals("127.0.0.99"));

    say(accepted, "passed on");

    assertThat(read(client, 9)).isEqualTo("passed on");
  }

  @Test
  void shouldSpeakInTheClientsName() throws IOException {
    say(client, "one ");
    assertThat(read(accepted, 4)).isEqualTo("one ");

    assertThat(proxy.inject("two", open -> open.hasClientSaid("one"))).isEqualTo(1);

    assertThat(read(accepted, 3)).isEqualTo("two");
  }

  @Test
  void shouldRefuseNewConnectionsAndTakeThemAgain() throws IOException {
    proxy.refuse();
    try (Socket refused = newClient()) {
      assertThatThrownBy(() -> readOrEnd(refused)).isInstanceOf(IOException.class);
    }
    proxy.accept();

    say(client, "open ones go on");
    assertThat(read(accepted, 15)).isEqualTo("open ones go on");
    try (Socket other = newClient();
        Socket otherAccepted = server.accept()) {
      say(other, "new");
      assertThat(read(otherAccepted, 3)).isEqualTo("new");
    }
  }

  @Test
  void shouldChooseTheServerForEachNewConnection() throws IOException {
    int[] port = {server.getLocalPort()};
    try (CuttableProxy balancer = CuttableProxy.to(() -> port[0], "balancer");
        Socket first = newClient(balancer);
        Socket firstAccepted = server.accept()) {
      say(firstAccepted, "to the server");
      assertThat(read(first, 13)).isEqualTo("to the server");
      assertThat(balancer.openConnections(open -> open.serverPort() == port[0])).isEqualTo(1);

      port[0] = 0;

      try (Socket second = newClient(balancer)) {
        assertThatThrownBy(() -> readOrEnd(second)).isInstanceOf(IOException.class);
      }
      say(firstAccepted, "goes on");
      assertThat(read(first, 7)).isEqualTo("goes on");
    }
  }

  private Socket newClient() throws IOException {
    return newClient(proxy);
  }

  private static Socket newClient(CuttableProxy proxy) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    socket.setSoTimeout(PATIENCE_MS);
    return socket;
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static void sayUnchecked(Socket socket, String text) {
    try {
      say(socket, text);
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  private static String read(Socket socket, int length) throws IOException {
    return new String(socket.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
  }

  /** Fails if the connection is broken; a reset may show as an end on some systems. */
  private static void readOrEnd(Socket socket) throws IOException {
    InputStream input = socket.getInputStream();
    if (input.read() < 0) {
      throw new IOException("at its end");
    }
  }

  private static void assertSilent(Socket socket) throws IOException {
    socket.setSoTimeout(SILENCE_MS);
    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
  }
}
