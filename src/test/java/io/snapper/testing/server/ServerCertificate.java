package io.snapper.testing.server;

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

  /** Makes a new one in that directory. */
  public static ServerCertificate create(Path directory) {
    Path keyStore = directory.resolve("snapper.p12").toAbsolutePath();
    Path certificate = directory.resolve("snapper.pem").toAbsolutePath();
    keytool(
        keyStore,
        "-genkeypair -keyalg EC -groupname secp256r1 -dname CN=localhost -validity 2"
            + " -ext san=ip:127.0.0.1,dns:localhost -storetype PKCS12");
    keytool(keyStore, "-exportcert -rfc -file " + certificate);
    return new ServerCertificate(keyStore, certificate);
  }

  private static void keytool(Path keyStore, String options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(options.split(" ")));
    command.addAll(List.of("-alias", ALIAS, "-keystore", keyStore.toString()));
    command.addAll(List.of("-storepass", PASSWORD));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes());
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command + " failed: " + output);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
