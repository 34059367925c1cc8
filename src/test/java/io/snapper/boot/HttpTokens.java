package io.snapper.boot;

import io.snapper.auth.jwt.HttpKeys;
import io.snapper.config.SnapperSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** Signs tokens for the HTTP API with a server's own key, also for roles that there aren't. */
final class HttpTokens {
  private final HttpKeys keys;

  HttpTokens(Path dataDirectory) {
    keys = HttpKeys.load(SnapperSettings.of(Map.of("snapper.data.dir", dataDirectory.toString())));
  }

  String withRole(String role) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer("snapper");
    claims.setSubject("test");
    claims.setClaim("upn", "test");
    claims.setStringListClaim("groups", List.of(role));
    claims.setIssuedAtToNow();
    claims.setExpirationTime(NumericDate.fromSeconds(Instant.now().getEpochSecond() + 600));
    claims.setGeneratedJwtId();
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmHeaderValue(keys.algorithm());
    signature.setHeader("typ", "JWT");
    signature.setKey(keys.privateKey().orElseThrow());
    signature.setPayload(claims.toJson());
    try {
      return signature.getCompactSerialization();
    } catch (JoseException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
