package io.snapper.auth.jwt;

import io.snapper.config.ConfigurationException;
import io.snapper.config.HttpSettings;
import io.snapper.config.Secret;
import io.snapper.config.SnapperSettings;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Optional;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.keys.EllipticCurves;

/**
 * The key pair of the HTTP API's tokens: that of the settings, or else that of the data directory,
 * where one is made at the first start (RSA, since every MicroProfile JWT knows RS256).
 *
 * @param algorithm {@code RS256} or {@code ES256}
 * @param publicKey verifies
 * @param privateKey signs; absent if only the public key was given: then tokens are made elsewhere
 */
public record HttpKeys(String algorithm, PublicKey publicKey, Optional<PrivateKey> privateKey) {
  /** The file in the data directory: both keys in one, so that they always fit each other. */
  static final String FILE = "http-key.pem";

  private static final int RSA_BITS = 2048;

  /**
   * Returns the keys that the settings describe; makes a pair in the data directory if none is
   * given.
   *
   * @throws ConfigurationException if a given key can't be used
   * @throws java.io.UncheckedIOException if the data directory can't be used
   */
  public static HttpKeys load(SnapperSettings settings) {
    HttpSettings http = settings.http();
    if (http.publicKey().isPresent() || http.privateKey().isPresent()) {
      return given(http);
    }
    OwnerOnlyFiles files = new OwnerOnlyFiles(settings.dataDirectory());
    String pair = files.readOrCreate(FILE, HttpKeys::generate);
    try {
      return checked(Pem.publicKey(pair), Optional.of(Pem.privateKey(pair)));
    } catch (GeneralSecurityException broken) {
      throw new ConfigurationException(
          List.of(files.pathOf(FILE) + " can't be used: " + broken.getMessage()));
    }
  }

  /** Returns the public key as PEM text. */
  public String publicKeyPem() {
    return Pem.text(publicKey);
  }

  @Override
  public String toString() {
    return "HttpKeys[" + algorithm + (privateKey.isPresent() ? ", can sign]" : ", verifies only]");
  }

  private static HttpKeys given(HttpSettings http) {
    Optional<String> publicText =
        http.publicKey().map(text -> GivenText.of("snapper.http.public-key", text));
    Optional<String> privateText =
        http.privateKey()
            .map(Secret::value)
            .map(text -> GivenText.of("snapper.http.private-key", text));
    try {
      Optional<PrivateKey> privateKey = Optional.empty();
      if (privateText.isPresent()) {
        privateKey = Optional.of(Pem.privateKey(privateText.get()));
      }
      PublicKey publicKey;
      if (publicText.isPresent()) {
        publicKey = Pem.publicKey(publicText.get());
      } else {
        publicKey =
            Pem.publicKeyOf(privateKey.orElseThrow())
                .orElseThrow(
                    () ->
                        new GeneralSecurityException(
                            "an elliptic curve's private key needs its public key beside it"));
      }
      return checked(publicKey, privateKey);
    } catch (GeneralSecurityException broken) {
      throw new ConfigurationException(
          List.of("snapper.http.public-key, snapper.http.private-key: " + broken.getMessage()));
    }
  }

  private static HttpKeys checked(PublicKey publicKey, Optional<PrivateKey> privateKey)
      throws GeneralSecurityException {
    String algorithm = algorithmOf(publicKey);
    if (privateKey.isPresent() && !belongTogether(publicKey, privateKey.get())) {
      throw new GeneralSecurityException("the two keys don't belong together");
    }
    return new HttpKeys(algorithm, publicKey, privateKey);
  }

  private static String algorithmOf(PublicKey key) throws GeneralSecurityException {
    if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() >= RSA_BITS) {
      return AlgorithmIdentifiers.RSA_USING_SHA256;
    }
    if (key instanceof ECPublicKey curve
        && EllipticCurves.P_256.equals(EllipticCurves.getName(curve.getParams().getCurve()))) {
      return AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;
    }
    throw new GeneralSecurityException("a key must be RSA of 2048 bits or more, or P-256");
  }

  private static boolean belongTogether(PublicKey publicKey, PrivateKey privateKey)
      throws GeneralSecurityException {
    if (!publicKey.getAlgorithm().equals(privateKey.getAlgorithm())) {
      return false;
    }
    Signature signature =
        Signature.getInstance(
            publicKey instanceof RSAPublicKey ? "SHA256withRSA" : "SHA256withECDSA");
    byte[] sample = {1, 2, 3};
    signature.initSign(privateKey);
    signature.update(sample);
    byte[] signed = signature.sign();
    signature.initVerify(publicKey);
    signature.update(sample);
    try {
      return signature.verify(signed);
    } catch (SignatureException anotherLength) {
      return false;
    }
  }

  private static String generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(RSA_BITS);
      KeyPair pair = generator.generateKeyPair();
      return Pem.text(pair.getPrivate()) + Pem.text(pair.getPublic());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has RSA", impossible);
    }
  }
}
