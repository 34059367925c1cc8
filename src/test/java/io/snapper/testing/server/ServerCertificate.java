package io.snapper.testing.server;

import io.snapper.testing.process.JdkProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A key and its own certificate, valid for the loopback address.
 *
 * @param keyStore PKCS #12, with the alias {@link #ALIAS}
 * @param certificate PEM, for clients to trust
 */
public record ServerCertificate(Path keyStore, Path certificate) {
  static final String ALIAS = "snapper";
  static final String PASSWORD = "only-for-tests";

  private static final List<String> KEY_PAIR =
      List.of(
          ("-genkeypair -keyalg EC -groupname secp256r1 -dname CN=localhost -validity 2"
                  + " -ext san=ip:127.0.0.1,dns:localhost -storetype PKCS12")
              .split(" "));

  /** Makes a new one in that directory. */
  public static ServerCertificate create(Path directory) {
    Path keyStore = directory.resolve("snapper.p12").toAbsolutePath();
    Path certificate = directory.resolve("snapper.pem").toAbsolutePath();
    try {
      keytool(keyStore, KEY_PAIR);
      keytool(keyStore, List.of("-exportcert", "-rfc", "-file", certificate.toString()));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return new ServerCertificate(keyStore, certificate);
  }

  private static void keytool(Path keyStore, List<String> options) throws IOException {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("-alias", ALIAS, "-keystore", keyStore.toString(), "-storepass", PASSWORD));
    JdkProgram.run("keytool", all);
  }
}
