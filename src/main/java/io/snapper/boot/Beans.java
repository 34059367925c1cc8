package io.snapper.boot;

import io.snapper.auth.jwt.Hs256Tokens;
import io.snapper.config.SnapperSettings;
import io.snapper.core.Broker;
import io.snapper.core.auth.TokenIssuer;
import io.snapper.core.auth.TokenVerifier;
import io.snapper.edge.demo.DemoEdge;
import io.snapper.edge.engineio.EngineIoEdge;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Makes the beans that edges ask for. They are singletons: final classes can't have CDI proxies.
 */
@ApplicationScoped
public class Beans {
  @Produces
  @Singleton
  SnapperSettings settings() {
    Config config = ConfigProvider.getConfig();
    // Whoever asks first, possibly a listener of an edge, meets the faults.
    return StartReport.reporting(() -> SnapperSettings.load(config));
  }

  @Produces
  @Singleton
  Hs256Tokens tokens(SnapperSettings settings) {
    return StartReport.reporting(() -> Hs256Tokens.load(settings, InstantSource.system()));
  }

  @Produces
  @Singleton
  Broker broker(BrokerNode node) {
    return node.broker();
  }

  @Produces
  @Singleton
  EngineIoEdge engineIoEdge(
      Broker broker, TokenVerifier tokens, SnapperSettings settings, Threads threads) {
    return new EngineIoEdge(
        broker, tokens, settings.consumer(), threads.scheduler(), threads.background());
  }

  @Produces
  @Singleton
  DemoEdge demoEdge(
      SnapperSettings settings, Broker broker, TokenIssuer issuer, TokenVerifier verifier) {
    return new DemoEdge(settings.demoEnabled(), broker, issuer, verifier);
  }
}
