package io.snapper.protocol.engineio;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The query of an Engine.IO request: handshake, poll, post or upgrade. Parameters that Engine.IO
 * doesn't know are ignored, and one without a value counts as missing.
 *
 * @param transportName {@code transport}, whether it is served or not
 * @param revisionName {@code EIO}
 * @param sessionId {@code sid}
 * @param token {@code token}
 * @param isBase64 whether {@code b64} asks for text only
 * @param jsonpIndex {@code j}, the callback that old browsers' JSONP wants called
 */
public record HandshakeQuery(
    Optional<String> transportName,
    Optional<String> revisionName,
    Optional<String> sessionId,
    Optional<String> token,
    boolean isBase64,
    Optional<String> jsonpIndex) {

  private static final String TRANSPORT = "transport";
  private static final String REVISION = "EIO";
  private static final String SESSION_ID = "sid";
  private static final String TOKEN = "token";
  private static final String BASE64 = "b64";
  private static final String JSONP_INDEX = "j";

  /**
   * Reads a query.
   *
   * @param rawQuery the query as in the URL, still percent-encoded, without the question mark; may
   *     be null
   * @throws EngineIoProtocolException if a known parameter is malformed, or comes twice with
   *     different values, so that the next reader might see another one than we do
   */
  public static HandshakeQuery parse(String rawQuery) throws EngineIoProtocolException {
    Map<String, String> known = new HashMap<>();
    if (rawQuery != null) {
      for (String pair : rawQuery.split("&")) {
        int equals = pair.indexOf('=');
        if (equals > 0 && equals < pair.length() - 1) {
          putKnown(known, pair.substring(0, equals), pair.substring(equals + 1));
        }
      }
    }
    return new HandshakeQuery(
        Optional.ofNullable(known.get(TRANSPORT)),
        Optional.ofNullable(known.get(REVISION)),
        Optional.ofNullable(known.get(SESSION_ID)),
        Optional.ofNullable(known.get(TOKEN)),
        known.containsKey(BASE64),
        Optional.ofNullable(known.get(JSONP_INDEX)));
  }

  /** The transport asked for, if it is one of ours. */
  public Optional<EngineIoTransport> transport() {
    return transportName.flatMap(EngineIoTransport::of);
  }

  /** The revision asked for: 3 if the query doesn't say, empty if it is none of ours. */
  public Optional<EngineIoRevision> revision() {
    return EngineIoRevision.ofQuery(revisionName);
  }

  /**
   * What is wrong with a request, as far as it can be told without sessions and tokens, in the
   * order of engine.io's server; empty if nothing is. For one with a sid the session is looked up
   * next, and then {@link #sessionFault} says the rest.
   *
   * @param method the HTTP method, upper case
   * @param isUpgrade whether it is a WebSocket upgrade
   */
  public Optional<EngineIoError> fault(String method, boolean isUpgrade) {
    if (transport().isEmpty()) {
      return Optional.of(EngineIoError.UNKNOWN_TRANSPORT);
    }
    if (sessionId.isPresent()) {
      return Optional.empty();
    }
    if (!method.equals("GET")) {
      return Optional.of(EngineIoError.BAD_HANDSHAKE_METHOD);
    }
    if (isUpgrade != isForWebSocket()) {
      return Optional.of(EngineIoError.BAD_REQUEST);
    }
    return revision().isPresent()
        ? Optional.empty()
        : Optional.of(EngineIoError.UNSUPPORTED_PROTOCOL_VERSION);
  }

  /**
   * What is wrong with a request for an existing session: without an upgrade it must name the
   * transport that the session has, with one it must name WebSocket.
   *
   * @param current the session's transport
   * @param isUpgrade whether the request is a WebSocket upgrade
   */
  public Optional<EngineIoError> sessionFault(EngineIoTransport current, boolean isUpgrade) {
    boolean fits = isUpgrade ? isForWebSocket() : transport().equals(Optional.of(current));
    return fits ? Optional.empty() : Optional.of(EngineIoError.BAD_REQUEST);
  }

  private boolean isForWebSocket() {
    return transport().equals(Optional.of(EngineIoTransport.WEBSOCKET));
  }

  /** The names of what is there, and never the token, which would be as good as the user. */
  @Override
  public String toString() {
    return "HandshakeQuery[transport="
        + transportName.orElse("")
        + ", EIO="
        + revisionName.orElse("")
        + (sessionId.isPresent() ? ", with sid" : "")
        + (token.isPresent() ? ", with token" : "")
        + "]";
  }

  private static void putKnown(Map<String, String> known, String rawName, String rawValue)
      throws EngineIoProtocolException {
    Optional<String> name = PercentText.decode(rawName);
    if (name.isEmpty() || !isKnown(name.get())) {
      return;
    }
    Optional<String> value = PercentText.decode(rawValue);
    if (value.isEmpty()) {
      throw new EngineIoProtocolException("a malformed value of the parameter " + name.get());
    }
    String earlier = known.putIfAbsent(name.get(), value.get());
    if (earlier != null && !earlier.equals(value.get())) {
      throw new EngineIoProtocolException("two different values of the parameter " + name.get());
    }
  }

  private static boolean isKnown(String name) {
    return switch (name) {
      case TRANSPORT, REVISION, SESSION_ID, TOKEN, BASE64, JSONP_INDEX -> true;
      default -> false;
    };
  }
}
