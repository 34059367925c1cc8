package io.snapper.boot;

import io.snapper.auth.jwt.HttpKeys;
import io.snapper.auth.jwt.HttpTokenIssuer;
import io.snapper.config.SnapperSettings;
import io.snapper.core.auth.DeviceKind;
import io.snapper.core.auth.TokenIssuer;
import io.snapper.core.message.UserId;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Tells a person at the terminal what was started. Only while the demo is on: it shows tokens,
 * which have no place in the output of an installation that serves anybody.
 */
@OnePerNode
public class Banner {
  private static final Duration TOKEN_LIFE = Duration.ofHours(24);
  private static final int ATTEMPTS = 150;
  private static final long PAUSE_MS = 200;
  private static final int TIMEOUT_MS = 1_000;

  private final SnapperSettings settings;
  private final TokenIssuer issuer;
  private final Threads threads;

  @Inject
  public Banner(SnapperSettings settings, TokenIssuer issuer, Threads threads) {
    this.settings = settings;
    this.issuer = issuer;
    this.threads = threads;
  }

  /**
   * Shows it when the pages that it names answer: the node may be ready before the server has
   * finished the deployment. Returns at once; the wait is half a minute at most.
   */
  void show(Optional<Integer> producerPort) {
    if (settings.demoEnabled()) {
      // Made now: while the server finishes the deployment, Payara can't load classes.
      String text = text(producerPort);
      threads.background().execute(() -> showWhenAnswering(text));
    }
  }

  private void showWhenAnswering(String text) {
    try {
      for (int attempt = 0; attempt < ATTEMPTS && !answers(); attempt++) {
        Thread.sleep(PAUSE_MS);
      }
      System.out.println(text);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean answers() {
    URI ready = URI.create("http://localhost:" + settings.http().port() + "/ready");
    try {
      HttpURLConnection connection = (HttpURLConnection) ready.toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MS);
      connection.setReadTimeout(TIMEOUT_MS);
      try {
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        connection.disconnect();
      }
    } catch (IOException notYet) {
      return false;
    }
  }

  private String text(Optional<Integer> producerPort) {
    String base = "http://localhost:" + settings.http().port();
    long expiry = Instant.now().plus(TOKEN_LIFE).getEpochSecond();
    String http =
        new HttpTokenIssuer(
                HttpKeys.load(settings), settings.http().issuer(), InstantSource.system())
            .issue("demo", HttpTokenIssuer.ROLES, expiry);
    String consumer = issuer.issueConsumer(new UserId("ann"), DeviceKind.WEB, expiry);
    String producer = issuer.issueProducer("demo", expiry);
    String statistics = issuer.issueStatistics(expiry);
    return String.join(
        System.lineSeparator(),
        "",
        "  Snapper is ready.",
        "",
        "  Demo page        " + base + "/",
        "  HTTP API         " + base + "/api/v1   (documented at " + base + "/openapi)",
        "  Consumers        " + base + "/websocket/",
        "  Producers (TCP)  "
            + producerPort.map(port -> "localhost:" + port).orElse("none are awaited"),
        "  Statistics       " + base + "/stats?token=" + statistics,
        "  Ready?           " + base + "/ready",
        "",
        "  Tokens for trying, good for 24 hours:",
        "  HTTP API   " + http,
        "  consumer   " + consumer + "   (user ann)",
        "  producer   " + producer,
        "");
  }
}
