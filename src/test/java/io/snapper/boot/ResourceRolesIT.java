package io.snapper.boot;

import io.snapper.testing.server.RunningServer;
import io.snapper.testing.server.ServerKind;
import io.snapper.testing.server.SharedServers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResourceRolesIT {
  @ParameterizedTest
  @EnumSource
  void shouldOpenEachResourceForItsRolesAlone(ServerKind kind) {
    RunningServer server = SharedServers.of(kind);

    new ResourceRoles(server.http(), new HttpTokens(server.dataDirectory())).check();
  }
}
