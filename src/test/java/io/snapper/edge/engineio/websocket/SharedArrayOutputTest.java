package io.snapper.edge.engineio.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SharedArrayOutputTest {
  private static final int LONG = 9_000;

  private final KeepingOutput server = new KeepingOutput();
  private final KeepingOutput otherServer = new KeepingOutput();
  private final SharedArrayOutput output = new SharedArrayOutput(server);
  private final SharedArrayOutput otherOutput = new SharedArrayOutput(otherServer);

  @Test
  void shouldWriteLongOnesOfAllConnectionsFromOneArray() throws IOException {
    output.write(octets("a".repeat(LONG)));
    otherOutput.write(octets("b".repeat(LONG)));

    assertThat(server.written).isEqualTo("a".repeat(LONG));
    assertThat(otherServer.written).isEqualTo("b".repeat(LONG));
    assertThat(otherServer.kept).isSameAs(server.kept);
  }

  @Test
  void shouldWriteThePartThatItIsTold() throws IOException {
    byte[] octets = octets("x" + "a".repeat(LONG) + "y");

    output.write(octets, 1, LONG);

    assertThat(server.written).isEqualTo("a".repeat(LONG));
  }

  @Test
  void shouldWriteALongerOneAfterAShorterOne() throws IOException {
    output.write(octets("a".repeat(LONG)));
    output.write(octets("b".repeat(5 * LONG)));
    output.write(octets("c".repeat(2 * LONG)));

    assertThat(server.written).isEqualTo("c".repeat(2 * LONG));
  }

  @Test
  void shouldNotCopyShortOnes() throws IOException {
    byte[] octets = octets("a".repeat(100));

    output.write(octets);

    assertThat(server.kept).isSameAs(octets);
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A server's output that keeps the last array, as Grizzly's does. */
  private static final class KeepingOutput extends ServletOutputStream {
    private byte[] kept;
    private String written;

    @Override
    public void write(byte[] octets, int offset, int length) {
      kept = octets;
      written = new String(octets, offset, length, StandardCharsets.UTF_8);
    }

    @Override
    public void write(int octet) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {}
  }
}
