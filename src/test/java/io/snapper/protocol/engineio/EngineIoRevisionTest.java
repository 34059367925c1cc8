package io.snapper.protocol.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snapper.protocol.Vectors;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineIoRevisionTest {

  private static final EngineIoLimits LIMITS = EngineIoLimits.ofPayload(1 << 20);

  @ParameterizedTest
  @EnumSource
  void shouldSpeakTheClientsTextFrames(EngineIoRevision revision) throws Exception {
    for (JsonObject vector : vectors(revision, "texts")) {
      EngineIoPacket packet = packet(vector.getJsonObject("packet"));

      assertThat(revision.encodeText(packet)).isEqualTo(vector.getString("text"));
      assertThat(revision.decodeText(vector.getString("text"))).isEqualTo(packet);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldSpeakTheClientsBinaryFrames(EngineIoRevision revision) throws Exception {
    for (JsonObject vector : vectors(revision, "binaries")) {
      EngineIoPacket packet = packet(vector.getJsonObject("packet"));
      byte[] frame = Vectors.bytes(vector, "hex");

      assertThat(revision.encodeBinary(packet)).isEqualTo(frame);
      assertThat(revision.decodeBinary(frame)).isEqualTo(packet);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldSpeakTheClientsPayloads(EngineIoRevision revision) throws Exception {
    for (JsonObject vector : vectors(revision, "payloads")) {
      List<EngineIoPacket> packets = new ArrayList<>();
      for (JsonObject packet : vector.getJsonArray("packets").getValuesAs(JsonObject.class)) {
        packets.add(packet(packet));
      }
      String text = vector.getString("text");

      assertThat(revision.encodePayload(packets)).isEqualTo(text);
      assertThat(revision.decodePayload(text, LIMITS)).isEqualTo(packets);
      assertThat(revision.decodeBody(text.getBytes("UTF-8"), false, LIMITS)).isEqualTo(packets);
      if (revision == EngineIoRevision.V3) {
        assertThat(revision.decodeBody(Vectors.bytes(vector, "hex"), true, LIMITS))
            .isEqualTo(packets);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldRefuseWhatTheClientsRefuse(EngineIoRevision revision) {
    JsonObject vectors = Vectors.object("engineio-" + revision.number());

    for (String text : Vectors.strings(vectors.getJsonArray("refusedTexts"))) {
      assertThatThrownBy(() -> revision.decodeText(text))
          .as(text)
          .isInstanceOf(EngineIoProtocolException.class);
    }
    for (String text : Vectors.strings(vectors.getJsonArray("refusedPayloads"))) {
      assertThatThrownBy(() -> revision.decodePayload(text, LIMITS))
          .as(text)
          .isInstanceOf(EngineIoProtocolException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "00", // no length
        "0001", // no end of the length
        "00ff", // no digits
        "0001ff", // shorter than its length
        "0000ff", // an empty text packet
        "0100ff", // an empty binary packet
        "0001ff37", // text of type 7
        "0101ff07", // binary of type 7
        "0201ff34", // neither text nor binary
        "000aff34", // ten is no digit
        "0009090909090909090909ff34", // a length beyond every limit
        "0002ff34ff", // not UTF-8
        "0001ff3400" // half a packet behind a whole one
      })
  void shouldRefuseMalformedBinaryPayloads(String hex) {
    assertThatThrownBy(
            () -> EngineIoRevision.V3.decodeBody(HexFormat.of().parseHex(hex), true, LIMITS))
        .isInstanceOf(EngineIoProtocolException.class);
  }

  @Test
  void shouldHaveNoBinaryPayloadInRevision4() {
    assertThatThrownBy(
            () -> EngineIoRevision.V4.decodeBody(new byte[] {0, 1, -1, '4'}, true, LIMITS))
        .isInstanceOf(EngineIoProtocolException.class);
  }

  @Test
  void shouldReadThePayloadWithoutPacketsThatOldClientsWrite() throws Exception {
    assertThat(EngineIoRevision.V3.decodePayload("0:", LIMITS)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void shouldHoldTheLimits(EngineIoRevision revision) throws Exception {
    List<EngineIoPacket> three =
        List.of(EngineIoPacket.PING, EngineIoPacket.NOOP, EngineIoPacket.CLOSE);
    String payload = revision.encodePayload(three);
    byte[] body = payload.getBytes("UTF-8");

    assertThat(revision.decodePayload(payload, new EngineIoLimits(payload.length(), 3)))
        .isEqualTo(three);
    assertThatThrownBy(() -> revision.decodePayload(payload, new EngineIoLimits(99, 2)))
        .isInstanceOf(EngineIoProtocolException.class)
        .hasMessageContaining("more than 2");
    assertThatThrownBy(
            () -> revision.decodeBody(body, false, new EngineIoLimits(body.length - 1, 3)))
        .isInstanceOf(EngineIoProtocolException.class)
        .hasMessageContaining(String.valueOf(body.length));
  }

  @Test
  void shouldHoldTheLimitOfPacketsInBinaryPayloads() {
    byte[] body = HexFormat.of().parseHex("0001ff320001ff320001ff32");

    assertThatThrownBy(() -> EngineIoRevision.V3.decodeBody(body, true, new EngineIoLimits(99, 2)))
        .isInstanceOf(EngineIoProtocolException.class);
  }

  @Test
  void shouldNotWritePayloadsThatCouldNotBeReadAgain() {
    List<EngineIoPacket> packets = List.of(EngineIoPacket.message("a\u001eb"));

    assertThatThrownBy(() -> EngineIoRevision.V4.encodePayload(packets))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(EngineIoRevision.V3.encodePayload(packets)).isEqualTo("4:4a\u001eb");
    assertThatThrownBy(() -> EngineIoRevision.V3.encodePayload(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldWriteBytesOfMessagesOnlyInRevision4() {
    EngineIoPacket ping = EngineIoPacket.ofBytes(EngineIoPacketType.PING, new byte[1]);

    assertThatThrownBy(() -> EngineIoRevision.V4.encodeBinary(ping))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> EngineIoRevision.V4.encodeBinary(EngineIoPacket.PING))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldTakeAQueryWithoutRevisionForRevision3() {
    assertThat(EngineIoRevision.ofQuery(Optional.empty())).contains(EngineIoRevision.V3);
    assertThat(EngineIoRevision.ofQuery(Optional.of("3"))).contains(EngineIoRevision.V3);
    assertThat(EngineIoRevision.ofQuery(Optional.of("4"))).contains(EngineIoRevision.V4);
    assertThat(EngineIoRevision.ofQuery(Optional.of("5"))).isEmpty();
  }

  @Test
  void shouldShowNoDataInItsName() {
    assertThat(EngineIoPacket.message("secret")).hasToString("MESSAGE[6 characters]");
    assertThat(EngineIoPacket.ofBytes(EngineIoPacketType.MESSAGE, new byte[3]))
        .hasToString("MESSAGE[3 bytes]");
  }

  private static List<JsonObject> vectors(EngineIoRevision revision, String kind) {
    return Vectors.object("engineio-" + revision.number())
        .getJsonArray(kind)
        .getValuesAs(JsonObject.class);
  }

  private static EngineIoPacket packet(JsonObject spec) {
    EngineIoPacketType type =
        EngineIoPacketType.valueOf(spec.getString("type").toUpperCase(Locale.ROOT));
    return spec.containsKey("hex")
        ? EngineIoPacket.ofBytes(type, Vectors.bytes(spec, "hex"))
        : EngineIoPacket.ofText(type, spec.getString("text"));
  }
}
