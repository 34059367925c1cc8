package io.snapper.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class DeliveryReaderTest {
  private static final String BATCH =
      "4{\"jsonrpc\":\"2.0\",\"id\":\"e:1-2\",\"method\":\"publish\",\"params\":"
          + "[\"7|41|1000|xxx\",\"7|42|2000|xxx\"]}";

  private final DeliveryReader reader = new DeliveryReader();

  @Test
  void shouldReadRoomSequenceAndTimeOfEachMessage() {
    Delivery delivery = read(BATCH);

    assertThat(delivery.id()).isEqualTo("e:1-2");
    assertThat(delivery.rooms()).containsExactly(7, 7);
    assertThat(delivery.sequences()).containsExactly(41, 42);
    assertThat(delivery.dueNanos()).containsExactly(1000, 2000);
  }

  @Test
  void shouldAnswerWithTheIdInOneMaskedFrame() {
    ByteBuffer frame = read(BATCH).acknowledgement().duplicate();

    byte[] bytes = new byte[frame.remaining()];
    frame.get(bytes);
    String answer = "4{\"jsonrpc\":\"2.0\",\"id\":\"e:1-2\",\"result\":\"OK\"}";
    assertThat(bytes[0]).isEqualTo((byte) 0x81);
    assertThat(bytes[1]).isEqualTo((byte) (0x80 | answer.length()));
    assertThat(new String(bytes, 6, bytes.length - 6, US_ASCII)).isEqualTo(answer);
  }

  @Test
  void shouldReadTheSameBytesOnce() {
    assertThat(read(BATCH)).isSameAs(read(BATCH));
    assertThat(read(BATCH.replace("41", "40"))).isNotSameAs(read(BATCH));
  }

  @Test
  void shouldLeaveOtherPacketsAlone() {
    assertThat(read("3")).isNull();
    assertThat(read("4{\"jsonrpc\":\"2.0\",\"method\":\"gap\",\"params\":{}}")).isNull();
    assertThat(read("4{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"method\":\"other\",\"params\":[]}"))
        .isNull();
  }

  @Test
  void shouldSayThatAMessageIsSomebodyElses() {
    assertThatThrownBy(() -> read(BATCH.replace("7|41", "hello")))
        .hasMessageContaining("a message of somebody else")
        .hasMessageContaining("hello");
  }

  private Delivery read(String packet) {
    byte[] bytes = (">>" + packet).getBytes(US_ASCII);
    return reader.read(bytes, 2, packet.length());
  }
}
