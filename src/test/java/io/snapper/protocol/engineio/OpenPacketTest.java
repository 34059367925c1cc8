package io.snapper.protocol.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OpenPacketTest {

  @Test
  void shouldWriteWhatRevision3Has() {
    OpenPacket open =
        new OpenPacket("t.V~", List.of(EngineIoTransport.WEBSOCKET), 25_000, 60_000, 1_000_000);

    assertThat(EngineIoRevision.V3.encodeText(open.toPacket(EngineIoRevision.V3)))
        .isEqualTo(
            "0{\"sid\":\"t.V~\",\"upgrades\":[\"websocket\"],"
                + "\"pingInterval\":25000,\"pingTimeout\":60000}");
  }

  @Test
  void shouldAddTheLongestPayloadInRevision4() {
    OpenPacket open = new OpenPacket("x", List.of(), 25_000, 20_000, 1_000_000);

    assertThat(EngineIoRevision.V4.encodeText(open.toPacket(EngineIoRevision.V4)))
        .isEqualTo(
            "0{\"sid\":\"x\",\"upgrades\":[],"
                + "\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}");
  }

  @Test
  void shouldAnswerErrorsAsEngineIoDoes() {
    assertThat(EngineIoError.values())
        .extracting(EngineIoError::body)
        .containsExactly(
            "{\"code\":0,\"message\":\"Transport unknown\"}",
            "{\"code\":1,\"message\":\"Session ID unknown\"}",
            "{\"code\":2,\"message\":\"Bad handshake method\"}",
            "{\"code\":3,\"message\":\"Bad request\"}",
            "{\"code\":5,\"message\":\"Unsupported protocol version\"}");
  }
}
