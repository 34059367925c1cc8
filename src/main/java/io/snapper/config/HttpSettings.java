package io.snapper.config;

import java.util.Optional;

/**
 * The HTTP API and its tokens.
 *
 * @param port the port that the banner names; the application server opens it
 * @param issuer the issuer that a token must name
 * @param publicKey PEM text or {@code file:PATH}
 * @param privateKey PEM text or {@code file:PATH}
 * @param batchLimit the most entries in one call
 * @param bodyLimit the longest request
 */
public record HttpSettings(
    int port,
    String issuer,
    Optional<String> publicKey,
    Optional<Secret> privateKey,
    int batchLimit,
    DataSize bodyLimit) {

  static HttpSettings read(SettingsReader reader) {
    HttpSettings http =
        new HttpSettings(
            reader.read(Settings.HTTP_PORT),
            reader.read(Settings.HTTP_ISSUER),
            reader.read(Settings.HTTP_PUBLIC_KEY),
            reader.read(Settings.HTTP_PRIVATE_KEY),
            reader.read(Settings.API_BATCH_LIMIT),
            reader.read(Settings.API_BODY_LIMIT));
    reader.check(
        http.bodyLimit().compareTo(reader.read(Settings.MESSAGE_LIMIT)) >= 0,
        "a request must have room for the longest message",
        Settings.API_BODY_LIMIT,
        Settings.MESSAGE_LIMIT);
    return http;
  }
}
