package io.snapper.auth.jwt;

import io.snapper.core.error.ErrorCode;
import io.snapper.core.error.SnapperException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jose4j.json.JsonUtil;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/** Makes tokens of the HTTP API, as MicroProfile JWT defines them. For any thread. */
public final class HttpTokenIssuer {
  /** May push, join and leave. */
  public static final String PRODUCER = "producer";

  /** May also look at and close connections. */
  public static final String ADMIN = "admin";

  /** The roles that there are. */
  public static final Set<String> ROLES = Set.of(PRODUCER, ADMIN);

  private final HttpKeys keys;
  private final String issuer;
  private final InstantSource clock;

  public HttpTokenIssuer(HttpKeys keys, String issuer, InstantSource clock) {
    this.keys = keys;
    this.issuer = issuer;
    this.clock = clock;
  }

  /**
   * Returns a token.
   *
   * @param name who it is for: the caller's principal
   * @param roles at least one of {@link #ROLES}
   * @param expiresAtEpochSecond in seconds since 1970
   * @throws SnapperException with {@code INVALID_ARGUMENT} for another role or an empty name, and
   *     with {@code UNAVAILABLE} if this installation has no private key
   */
  public String issue(String name, Set<String> roles, long expiresAtEpochSecond) {
    if (name == null || name.isBlank()) {
      throw SnapperException.invalid("the name of an HTTP token must not be empty");
    }
    if (roles.isEmpty() || !ROLES.containsAll(roles)) {
      throw SnapperException.invalid(
          "roles " + new TreeSet<>(roles) + " must be one or more of " + new TreeSet<>(ROLES));
    }
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmHeaderValue(keys.algorithm());
    signature.setHeader("typ", "JWT");
    signature.setKey(
        keys.privateKey()
            .orElseThrow(
                () ->
                    new SnapperException(
                        ErrorCode.UNAVAILABLE,
                        "there is no snapper.http.private-key here: tokens of the HTTP API are"
                            + " made elsewhere")));
    signature.setPayload(claims(name, roles, expiresAtEpochSecond));
    try {
      return signature.getCompactSerialization();
    } catch (JoseException impossible) {
      throw new IllegalStateException("can't sign with " + keys.algorithm(), impossible);
    }
  }

  private String claims(String name, Set<String> roles, long expiresAtEpochSecond) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", issuer);
    claims.put("sub", name);
    claims.put("upn", name);
    claims.put("groups", List.copyOf(new TreeSet<>(roles)));
    claims.put("iat", clock.instant().getEpochSecond());
    claims.put("exp", expiresAtEpochSecond);
    claims.put("jti", UUID.randomUUID().toString());
    return JsonUtil.toJson(claims);
  }
}
