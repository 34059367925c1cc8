package io.snapper.protocol.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeQueryTest {

  @Test
  void shouldReadEveryParameterInAnyOrder() throws Exception {
    HandshakeQuery query =
        HandshakeQuery.parse("t=N8~x.0&token=a.b-c_&b64=1&sid=t.V~~&transport=polling&j=0&EIO=3");

    assertThat(query.transport()).contains(EngineIoTransport.POLLING);
    assertThat(query.revision()).contains(EngineIoRevision.V3);
    assertThat(query.sessionId()).contains("t.V~~");
    assertThat(query.token()).contains("a.b-c_");
    assertThat(query.isBase64()).isTrue();
    assertThat(query.jsonpIndex()).contains("0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&", "=", "&&=&", "token", "token=", "=x", "unknown=%zz"})
  void shouldTakeWhatHasNoValueForMissing(String raw) throws Exception {
    HandshakeQuery query = HandshakeQuery.parse(raw);

    assertThat(query).isEqualTo(HandshakeQuery.parse(null));
    assertThat(query.token()).isEmpty();
    assertThat(query.isBase64()).isFalse();
  }

  @Test
  void shouldDecodeNamesAndValues() throws Exception {
    assertThat(HandshakeQuery.parse("%74oken=a%2Bb+c%3D%26%C3%A9=x").token())
        .contains("a+b c=&é=x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "token=%",
        "token=%4",
        "token=%zz",
        "token=%ff",
        "sid=%c3",
        "token=a&token=b",
        "EIO=%3g"
      })
  void shouldRefuseMalformedAndContradictoryParameters(String raw) {
    assertThatThrownBy(() -> HandshakeQuery.parse(raw))
        .isInstanceOf(EngineIoProtocolException.class);
  }

  @Test
  void shouldTakeTheSameParameterTwice() throws Exception {
    assertThat(HandshakeQuery.parse("token=a&token=%61").token()).contains("a");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "EIO=3&transport=polling,              GET,  false, -",
        "EIO=4&transport=websocket,            GET,  true,  -",
        "transport=polling,                    GET,  false, -",
        "EIO=3,                                GET,  false, UNKNOWN_TRANSPORT",
        "EIO=3&transport=flash,                POST, false, UNKNOWN_TRANSPORT",
        "EIO=9&transport=polling,              POST, false, BAD_HANDSHAKE_METHOD",
        "EIO=3&transport=websocket,            GET,  false, BAD_REQUEST",
        "EIO=3&transport=polling,              GET,  true,  BAD_REQUEST",
        "EIO=9&transport=polling,              GET,  false, UNSUPPORTED_PROTOCOL_VERSION",
        "EIO=3&transport=polling&sid=x,        POST, false, -",
        "EIO=3&transport=flash&sid=x,          POST, false, UNKNOWN_TRANSPORT"
      })
  void shouldFindFaultsInTheOrderOfEngineIo(
      String raw, String method, boolean isUpgrade, EngineIoError fault) throws Exception {
    if (fault == null) {
      assertThat(HandshakeQuery.parse(raw).fault(method, isUpgrade)).isEmpty();
    } else {
      assertThat(HandshakeQuery.parse(raw).fault(method, isUpgrade)).contains(fault);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "polling,   POLLING,   false, true",
    "websocket, POLLING,   true,  true",
    "websocket, WEBSOCKET, true,  true",
    "websocket, POLLING,   false, false",
    "polling,   WEBSOCKET, false, false",
    "polling,   POLLING,   true,  false"
  })
  void shouldWantTheTransportThatTheSessionHas(
      String transport, EngineIoTransport current, boolean isUpgrade, boolean isFine)
      throws Exception {
    HandshakeQuery query = HandshakeQuery.parse("sid=x&transport=" + transport);

    assertThat(query.sessionFault(current, isUpgrade).isEmpty()).isEqualTo(isFine);
  }

  @Test
  void shouldShowNoTokenInItsName() throws Exception {
    assertThat(HandshakeQuery.parse("token=secret&sid=hidden&transport=polling"))
        .hasToString("HandshakeQuery[transport=polling, EIO=, with sid, with token]");
  }
}
