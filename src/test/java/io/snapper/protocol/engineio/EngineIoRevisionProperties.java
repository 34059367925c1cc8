package io.snapper.protocol.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.protocol.AnyText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class EngineIoRevisionProperties {

  private static final EngineIoLimits LIMITS = EngineIoLimits.ofPayload(1 << 16);

  /** A decoding that may throw the protocol's own exception. */
  private interface Decoding {
    void run() throws EngineIoProtocolException;
  }

  @Property(tries = 5000)
  void shouldThrowNothingElseForAnyText(
      @ForAll EngineIoRevision revision, @ForAll("almostPayloads") String text) {
    assertNothingElseIsThrown(() -> revision.decodeText(text));
    assertNothingElseIsThrown(() -> revision.decodePayload(text, LIMITS));
  }

  @Property(tries = 5000)
  void shouldThrowNothingElseForAnyBytes(
      @ForAll EngineIoRevision revision,
      @ForAll("almostBinaryPayloads") byte[] bytes,
      @ForAll boolean isBinary) {
    assertNothingElseIsThrown(() -> revision.decodeBinary(bytes));
    assertNothingElseIsThrown(() -> revision.decodeBody(bytes, isBinary, LIMITS));
  }

  @Property(tries = 2000)
  void shouldThrowNothingElseForAnyQuery(@ForAll("almostQueries") String query) {
    assertNothingElseIsThrown(
        () -> {
          HandshakeQuery parsed = HandshakeQuery.parse(query);
          parsed.fault("GET", true);
          parsed.fault("POST", false);
        });
  }

  @Property
  void shouldReadTheTextFramesItWrites(
      @ForAll EngineIoRevision revision, @ForAll("packets") EngineIoPacket packet)
      throws EngineIoProtocolException {
    assertThat(revision.decodeText(revision.encodeText(packet))).isEqualTo(packet);
  }

  @Property
  void shouldReadTheBinaryFramesItWrites(@ForAll EngineIoRevision revision, @ForAll byte[] bytes)
      throws EngineIoProtocolException {
    EngineIoPacket packet = EngineIoPacket.ofBytes(EngineIoPacketType.MESSAGE, bytes);

    assertThat(revision.decodeBinary(revision.encodeBinary(packet))).isEqualTo(packet);
  }

  @Property
  void shouldReadThePayloadsItWrites(
      @ForAll EngineIoRevision revision, @ForAll("packetLists") List<EngineIoPacket> packets)
      throws EngineIoProtocolException {
    assertThat(revision.decodePayload(revision.encodePayload(packets), LIMITS)).isEqualTo(packets);
  }

  @Property
  void shouldReadThePayloadsItWritesAsUtf8(
      @ForAll EngineIoRevision revision, @ForAll("encodable") List<String> texts)
      throws EngineIoProtocolException {
    List<EngineIoPacket> packets = texts.stream().map(EngineIoPacket::message).toList();
    byte[] body = revision.encodePayload(packets).getBytes(StandardCharsets.UTF_8);

    assertThat(revision.decodeBody(body, false, LIMITS)).isEqualTo(packets);
  }

  @Provide
  Arbitrary<EngineIoPacket> packets() {
    Arbitrary<EngineIoPacket> texts =
        Combinators.combine(
                Arbitraries.of(EngineIoPacketType.class),
                AnyText.units().map(EngineIoRevisionProperties::withoutSeparator))
            .as(EngineIoPacket::ofText);
    Arbitrary<EngineIoPacket> binaries =
        Arbitraries.bytes()
            .array(byte[].class)
            .ofMaxSize(40)
            .map(bytes -> EngineIoPacket.ofBytes(EngineIoPacketType.MESSAGE, bytes));
    return Arbitraries.oneOf(texts, binaries);
  }

  @Provide
  Arbitrary<List<EngineIoPacket>> packetLists() {
    return packets().list().ofMinSize(1).ofMaxSize(8);
  }

  @Provide
  Arbitrary<List<String>> encodable() {
    return AnyText.encodable()
        .map(EngineIoRevisionProperties::withoutSeparator)
        .list()
        .ofMinSize(1)
        .ofMaxSize(5);
  }

  @Provide
  Arbitrary<String> almostPayloads() {
    return AnyText.of(
        "0", "1", "2", "4", "9", ":", "b", "b4", "AAAA", "=", "\u001e", "2:4a", "6:4");
  }

  @Provide
  Arbitrary<byte[]> almostBinaryPayloads() {
    return Arbitraries.frequencyOf(
            Tuple.of(8, Arbitraries.bytes().between((byte) 0, (byte) 9)),
            Tuple.of(3, Arbitraries.just((byte) -1)),
            Tuple.of(3, Arbitraries.bytes().between((byte) '0', (byte) '9')),
            Tuple.of(1, Arbitraries.bytes()))
        .array(byte[].class)
        .ofMaxSize(24);
  }

  @Provide
  Arbitrary<String> almostQueries() {
    return AnyText.of(
        "EIO",
        "=",
        "&",
        "3",
        "4",
        "transport",
        "polling",
        "websocket",
        "sid",
        "token",
        "%",
        "%4",
        "%41",
        "%ff",
        "+",
        "b64=1",
        "j=0",
        "t");
  }

  private static String withoutSeparator(String text) {
    return text.replace('\u001e', ' ');
  }

  private static void assertNothingElseIsThrown(Decoding decoding) {
    try {
      decoding.run();
    } catch (EngineIoProtocolException expected) {
      assertThat(expected).hasMessageMatching("(?s).+");
    }
  }
}
