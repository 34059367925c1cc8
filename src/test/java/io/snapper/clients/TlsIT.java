package io.snapper.clients;

import io.snapper.clients.Scenario.Node;
import io.snapper.testing.server.RunningServer;
import io.snapper.testing.server.ServerCertificate;
import io.snapper.testing.server.ServerKind;
import io.snapper.testing.server.SharedServers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients see of a node that speaks TLS itself, set up as docs/operations.md says. */
class TlsIT {
  @ParameterizedTest
  @EnumSource
  void shouldServeThoseWhoTrustItsCertificate(ServerKind kind, @TempDir Path directory) {
    ServerCertificate certificate = ServerCertificate.create(directory);
    Map<String, String> settings = Map.of("snapper.redis.address", SharedServers.redis().address());
    try (RunningServer server = kind.startWithTls(settings, certificate)) {
      Node unencrypted = Node.withOwnSecret(server);
      List<Node> nodes = List.of(unencrypted.overTls(), unencrypted);
      Scenario.of("tls").trusting(certificate).run(nodes);
      Scenario.of("bytes").trusting(certificate).run(nodes);
    }
  }
}
