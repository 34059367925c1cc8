package io.snapper.auth.jwt;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys as PEM text: {@code PUBLIC KEY} and {@code PRIVATE KEY} blocks, RSA or elliptic curve. */
final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z ]+)-----([^-]*)-----END \\1-----");
  private static final String[] ALGORITHMS = {"RSA", "EC"};

  private Pem() {}

  /**
   * Returns the first public key of {@code text}.
   *
   * @throws GeneralSecurityException if there is none or it can't be read
   */
  static PublicKey publicKey(String text) throws GeneralSecurityException {
    byte[] encoded = block(text, "PUBLIC KEY");
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded));
      } catch (InvalidKeySpecException another) {
        // The next algorithm may read it.
      }
    }
    throw new GeneralSecurityException("the public key is neither RSA nor elliptic curve");
  }

  /**
   * Returns the first private key of {@code text}.
   *
   * @throws GeneralSecurityException if there is none or it can't be read
   */
  static PrivateKey privateKey(String text) throws GeneralSecurityException {
    byte[] encoded = block(text, "PRIVATE KEY");
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } catch (InvalidKeySpecException another) {
        // The next algorithm may read it.
      }
    }
    throw new GeneralSecurityException("the private key is neither RSA nor elliptic curve");
  }

  /** Returns the public key that a private key holds; only an RSA key does. */
  static Optional<PublicKey> publicKeyOf(PrivateKey key) throws GeneralSecurityException {
    if (key instanceof RSAPrivateCrtKey rsa) {
      RSAPublicKeySpec spec = new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent());
      return Optional.of(KeyFactory.getInstance("RSA").generatePublic(spec));
    }
    return Optional.empty();
  }

  /** Returns a key as PEM text, ended by a line feed. */
  static String text(Key key) {
    String name = key instanceof PrivateKey ? "PRIVATE KEY" : "PUBLIC KEY";
    return "-----BEGIN "
        + name
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
        + "\n-----END "
        + name
        + "-----\n";
  }

  private static byte[] block(String text, String name) throws GeneralSecurityException {
    // An environment variable often has the line feeds as two characters.
    Matcher matcher = BLOCK.matcher(text.replace("\\n", "\n"));
    while (matcher.find()) {
      if (matcher.group(1).equals(name)) {
        try {
          return Base64.getDecoder().decode(matcher.group(2).replaceAll("\\s", ""));
        } catch (IllegalArgumentException notBase64) {
          throw new GeneralSecurityException("the block " + name + " is no Base64");
        }
      }
    }
    throw new GeneralSecurityException(
        "there is no PEM block '"
            + name
            + "' (older forms: convert them with openssl pkcs8 -topk8)");
  }
}
