package io.snapper.edge.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.snapper.config.Transport;
import io.snapper.protocol.engineio.EngineIoRevision;
import io.snapper.protocol.engineio.EngineIoTransport;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionTest {
  private final TestEdge test = new TestEdge();
  private final EngineIoConnection session = test.session("ann", EngineIoRevision.V3);
  private final RecordingTransport polling = new RecordingTransport(EngineIoTransport.POLLING);

  @BeforeEach
  void openSession() {
    session.attach(polling);
    session.start();
    test.lastConnecting().complete();
  }

  @Test
  void shouldAdmitHandshakeWithValidToken() throws RefusedException {
    Admitted admitted =
        test.edge().admit(get("EIO=4&transport=polling&token=token-ben&t=abc&b64=1"));

    assertThat(admitted.identity().user().value()).isEqualTo("ben");
    assertThat(admitted.revision()).isEqualTo(EngineIoRevision.V4);
    assertThat(admitted.session()).isEmpty();
    assertThat(admitted.getName()).isEqualTo(admitted.identity().consumer().value());
  }

  @ParameterizedTest
  @CsvSource({
    "EIO=3&transport=polling, 3",
    "EIO=3&transport=polling&token=bad, 3",
    "EIO=3&token=token-ben, 0",
    "EIO=3&transport=flash&token=token-ben, 0",
    "EIO=9&transport=polling&token=token-ben, 5",
    "EIO=3&transport=websocket&token=token-ben, 3",
    "EIO=3&transport=polling&j=0&token=token-ben, 3",
    "EIO=3&transport=polling&token=%zz, 3",
    "EIO=3&transport=polling&sid=nobody&token=token-ben, 1",
  })
  void shouldRefuseWithCodeOfEngineIo(String query, int code) {
    Refusal refusal = refusal(get(query));

    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.body()).startsWith("{\"code\":" + code + ",\"message\":\"");
  }

  @Test
  void shouldRefuseHandshakeByOtherMethodThanGet() {
    Refusal refusal =
        refusal(
            new RequestFacts("POST", "EIO=3&transport=polling&token=token-ben", null, null, false));

    assertThat(refusal.body()).isEqualTo("{\"code\":2,\"message\":\"Bad handshake method\"}");
  }

  @Test
  void shouldLookLikeUnknownSessionToEverybodyButItsOwner() {
    String sid = "EIO=3&transport=polling&sid=" + session.sid();

    assertThat(refusal(get(sid)).body()).startsWith("{\"code\":1,");
    assertThat(refusal(get(sid + "&token=token-ben")).body()).startsWith("{\"code\":1,");
    assertThat(refusal(get(sid + "&token=expired")).body()).startsWith("{\"code\":1,");
    assertThat(refusal(upgrade("EIO=3&transport=websocket&sid=" + session.sid())).body())
        .startsWith("{\"code\":1,");
    assertThat(session.isClosed()).isFalse();
  }

  @Test
  void shouldAdmitOwnerToItsSession() throws RefusedException {
    String query = "&sid=" + session.sid() + "&token=token-ann";

    Admitted poll = test.edge().admit(get("EIO=3&transport=polling" + query));
    Admitted upgrade = test.edge().admit(upgrade("EIO=3&transport=websocket" + query));

    assertThat(poll.session()).containsSame(session);
    assertThat(upgrade.session()).containsSame(session);
  }

  @Test
  void shouldRefuseOwnerWithOtherTransportRevisionOrMethod() {
    String query = "&sid=" + session.sid() + "&token=token-ann";

    assertThat(refusal(get("EIO=3&transport=websocket" + query)).body()).contains(":3,");
    assertThat(refusal(upgrade("EIO=3&transport=polling" + query)).body()).contains(":3,");
    assertThat(refusal(get("EIO=4&transport=polling" + query)).body()).contains(":3,");
    assertThat(
            refusal(new RequestFacts("PUT", "EIO=3&transport=polling" + query, null, null, false))
                .body())
        .contains(":3,");
  }

  @Test
  void shouldForgetSessionThatIsOver() {
    session.onText(polling, "1");

    assertThat(
            refusal(get("EIO=3&transport=polling&sid=" + session.sid() + "&token=token-ann"))
                .body())
        .startsWith("{\"code\":1,");
  }

  @Test
  void shouldSendHandshakesAwayWhileTheNodeTakesNobodyAndServeOpenSessions()
      throws RefusedException {
    test.takeNoConsumers();

    assertThat(refusal(get("EIO=4&transport=polling&token=token-ben")))
        .isEqualTo(Refusal.UNAVAILABLE);
    assertThat(refusal(upgrade("EIO=4&transport=websocket&token=token-ben")))
        .isEqualTo(Refusal.UNAVAILABLE);
    assertThat(refusal(get("EIO=4&transport=polling&token=bad")).status()).isEqualTo(400);
    assertThat(refusal(get("EIO=3&transport=polling&sid=another-nodes&token=token-ben")))
        .isEqualTo(Refusal.UNAVAILABLE);
    assertThat(Refusal.isWorthRetrying(Refusal.UNAVAILABLE.status())).isTrue();
    assertThat(
            test.edge()
                .admit(get("EIO=3&transport=polling&sid=" + session.sid() + "&token=token-ann"))
                .session())
        .contains(session);
  }

  @Test
  void shouldRefuseOriginThatIsNotListed() throws RefusedException {
    TestEdge strict = new TestEdge(Set.of(Transport.POLLING), Set.of("https://a.example"));
    String query = "EIO=3&transport=polling&token=token-ben";

    strict.edge().admit(new RequestFacts("GET", query, "https://A.example", null, false));
    strict.edge().admit(new RequestFacts("GET", query, null, null, false));
    RefusedException refused =
        catchThrowableOfType(
            RefusedException.class,
            () ->
                strict
                    .edge()
                    .admit(new RequestFacts("GET", query, "https://b.example", null, false)));

    assertThat(refused.refusal()).isEqualTo(Refusal.FORBIDDEN);
    assertThat(refused.refusal().status()).isEqualTo(403);
  }

  @Test
  void shouldNotServeTransportThatIsSwitchedOff() {
    TestEdge pollingOnly = new TestEdge(Set.of(Transport.POLLING), Set.of("*"));

    RefusedException refused =
        catchThrowableOfType(
            RefusedException.class,
            () -> pollingOnly.edge().admit(upgrade("EIO=3&transport=websocket&token=token-ben")));

    assertThat(refused.refusal().body()).startsWith("{\"code\":0,");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {"t.other~~, t.other~~", "none, ''", "'', ''"})
  void shouldReadPreviousMailboxFromCookie(String cookie, String previous) throws RefusedException {
    Admitted admitted =
        test.edge()
            .admit(
                new RequestFacts(
                    "GET", "EIO=3&transport=polling&token=token-ben", null, cookie, false));

    assertThat(admitted.previous().map(Object::toString).orElse("")).isEqualTo(previous);
  }

  @Test
  void shouldNotTakeOwnMailboxOrNonsenseForPrevious() {
    var own = TestEdge.identity("ben").consumer();

    assertThat(SessionCookie.previous(own.value(), own)).isEmpty();
    assertThat(SessionCookie.previous("x".repeat(300), own)).isEmpty();
    assertThat(SessionCookie.previous("a\u0001b", own)).isEmpty();
  }

  @Test
  void shouldLetBrowsersKeepCookieOfOtherSiteOnlyOverTls() {
    var own = TestEdge.identity("ben").consumer();

    assertThat(SessionCookie.header(own, false))
        .isEqualTo("snapper.ws=" + own + "; Path=/; HttpOnly");
    assertThat(SessionCookie.header(own, true)).endsWith("; Secure; SameSite=None");
  }

  private Refusal refusal(RequestFacts request) {
    return catchThrowableOfType(RefusedException.class, () -> test.edge().admit(request)).refusal();
  }

  private static RequestFacts get(String query) {
    return new RequestFacts("GET", query, null, null, false);
  }

  private static RequestFacts upgrade(String query) {
    return new RequestFacts("GET", query, null, null, true);
  }
}
