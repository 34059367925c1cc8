package io.snapper.auth.jwt;

import io.snapper.config.Secret;
import io.snapper.config.SnapperSettings;
import io.snapper.core.auth.ConsumerIdentity;
import io.snapper.core.auth.ConsumerIds;
import io.snapper.core.auth.DeviceKind;
import io.snapper.core.auth.ProducerIdentity;
import io.snapper.core.auth.TokenIssuer;
import io.snapper.core.auth.TokenVerifier;
import io.snapper.core.error.SnapperException;
import io.snapper.core.message.UserId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/**
 * Tokens of consumers, TCP producers and statistics: JWT signed with HS256. The first secret signs,
 * every secret verifies, so that a secret can be replaced while tokens of the old one live on.
 *
 * <p>A check takes about 9 µs, a tenth of what the poll around it costs: so there is no cache, and
 * no way for one to outlive a token.
 */
public final class Hs256Tokens implements TokenVerifier, TokenIssuer {
  /** The longest token, in characters. */
  public static final int MAX_TOKEN_CHARACTERS = 8192;

  private static final Logger LOGGER = System.getLogger(Hs256Tokens.class.getName());
  private static final int SAFE_SECRET_BYTES = 32;
  private static final int MAX_NAME_CHARACTERS = 256;

  /**
   * Three parts, the last of them 32 bytes. Its last character has two bits that mean nothing; they
   * must be 0, or each token would have four spellings.
   */
  private static final Pattern FORM =
      Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]{42}[AEIMQUYcgkosw048]");

  private static final AlgorithmConstraints HS256_ONLY =
      new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.HMAC_SHA256);

  private final List<HmacKey> keys;
  private final long clockSkewSeconds;
  private final InstantSource clock;

  /**
   * Creates the tokens of a node. Logs one warning if a secret is shorter than 32 bytes.
   *
   * @param secrets at least one, none of them empty; the first one signs
   * @param clockSkew how long after its end, or before its begin, a token is still taken
   */
  public Hs256Tokens(List<Secret> secrets, Duration clockSkew, InstantSource clock) {
    if (secrets.isEmpty() || secrets.stream().anyMatch(secret -> secret.value().isEmpty())) {
      throw new IllegalArgumentException("there must be a secret, and none may be empty");
    }
    this.keys = secrets.stream().map(secret -> new HmacKey(secret.bytes())).toList();
    this.clockSkewSeconds = clockSkew.toSeconds();
    this.clock = clock;
    long shortOnes =
        secrets.stream().filter(secret -> secret.bytes().length < SAFE_SECRET_BYTES).count();
    if (shortOnes > 0) {
      LOGGER.log(
          Level.WARNING,
          "{0} of {1} token secrets are shorter than {2} bytes and can be guessed;"
              + " put a longer one first in snapper.token.secrets and drop the short ones"
              + " when their tokens have expired",
          shortOnes,
          secrets.size(),
          SAFE_SECRET_BYTES);
    }
  }

  /**
   * Returns the tokens that the settings describe; makes a secret in the data directory if none is
   * given.
   *
   * @throws io.snapper.config.ConfigurationException if a given secret can't be used
   * @throws java.io.UncheckedIOException if the data directory can't be used
   */
  public static Hs256Tokens load(SnapperSettings settings, InstantSource clock) {
    return new Hs256Tokens(SecretStore.secrets(settings), settings.token().clockSkew(), clock);
  }

  @Override
  public ConsumerIdentity verifyConsumer(String token) {
    Claims claims = verified(token);
    UserId user = userOf(claims);
    DeviceKind device = DeviceKind.fromSource(claims.stringOrNull("source"));
    long end = claims.epochSecond("exp");
    return new ConsumerIdentity(
        ConsumerIds.of(user, device, end), user, device, end + clockSkewSeconds);
  }

  @Override
  public ProducerIdentity verifyProducer(String token) {
    Claims claims = verified(token);
    if (claims.has("userId")) {
      throw Claims.refused("a consumer's token is no producer's token");
    }
    String name = claims.name("id");
    if (!isProducerName(name)) {
      throw Claims.refused("the token's claim id must be 1 to 256 printable characters");
    }
    return new ProducerIdentity(name, claims.epochSecond("exp") + clockSkewSeconds);
  }

  @Override
  public String verifyStatistics(String token) {
    Claims claims = verified(token);
    String name = claims.has("userId") ? null : claims.stringOrNull("name");
    return name == null ? "" : name;
  }

  @Override
  public String issueConsumer(UserId user, DeviceKind device, long expiresAtEpochSecond) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("userId", user.value());
    claims.put(
        "source", device == DeviceKind.WEB ? "web" : device == DeviceKind.IOS ? "ios" : "android");
    return signed(claims, expiresAtEpochSecond);
  }

  @Override
  public String issueProducer(String name, long expiresAtEpochSecond) {
    if (!isProducerName(name)) {
      throw SnapperException.invalid("a producer's name must be 1 to 256 printable characters");
    }
    return signed(Map.of("id", name), expiresAtEpochSecond);
  }

  @Override
  public String issueStatistics(long expiresAtEpochSecond) {
    return signed(Map.of("name", STATISTICS_NAME), expiresAtEpochSecond);
  }

  private static UserId userOf(Claims claims) {
    try {
      return new UserId(claims.name("userId"));
    } catch (SnapperException brokenRule) {
      throw Claims.refused(brokenRule.getMessage());
    }
  }

  private static boolean isProducerName(String name) {
    return name != null
        && !name.isEmpty()
        && name.length() <= MAX_NAME_CHARACTERS
        && name.chars().noneMatch(Character::isISOControl);
  }

  private Claims verified(String token) {
    if (token == null || token.isEmpty()) {
      throw Claims.refused("there is no token");
    }
    if (token.length() > MAX_TOKEN_CHARACTERS) {
      throw Claims.refused("the token is longer than " + MAX_TOKEN_CHARACTERS + " characters");
    }
    if (!FORM.matcher(token).matches()) {
      throw Claims.refused("the token is no JWT signed with HS256");
    }
    Claims claims = new Claims(payload(token));
    long now = clock.instant().getEpochSecond();
    if (now >= claims.epochSecond("exp") + clockSkewSeconds) {
      throw Claims.refused("the token has expired");
    }
    if (claims.has("nbf") && now < claims.epochSecond("nbf") - clockSkewSeconds) {
      throw Claims.refused("the token is not valid yet");
    }
    return claims;
  }

  private Map<String, Object> payload(String token) {
    try {
      JsonWebSignature signature = new JsonWebSignature();
      signature.setAlgorithmConstraints(HS256_ONLY);
      // Without this, secrets under 32 bytes are refused; old deployments have them.
      signature.setDoKeyValidation(false);
      signature.setCompactSerialization(token);
      for (HmacKey key : keys) {
        signature.setKey(key);
        if (signature.verifySignature()) {
          return JsonUtil.parseJson(signature.getPayload());
        }
      }
    } catch (JoseException | RuntimeException malformed) {
      // Whatever a stranger's token does to the parser, it is the token's fault. The cause would
      // quote the token, so it is left out.
      throw Claims.refused("the token is no JWT signed with HS256");
    }
    throw Claims.refused("the token's signature fits none of the secrets");
  }

  private String signed(Map<String, Object> claims, long expiresAtEpochSecond) {
    Map<String, Object> payload = new LinkedHashMap<>(claims);
    payload.put("iat", clock.instant().getEpochSecond());
    payload.put("exp", expiresAtEpochSecond);
    JsonWebSignature signature = new JsonWebSignature();
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
    signature.setHeader("typ", "JWT");
    signature.setDoKeyValidation(false);
    signature.setKey(keys.get(0));
    signature.setPayload(JsonUtil.toJson(payload));
    try {
      return signature.getCompactSerialization();
    } catch (JoseException impossible) {
      throw new IllegalStateException("can't sign with HS256", impossible);
    }
  }
}
