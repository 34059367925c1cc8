package io.snapper.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.snapper.config.ConfigurationException;
import io.snapper.config.SnapperSettings;
import io.snapper.testing.server.FreePorts;
import io.snapper.testing.server.RunningServer;
import io.snapper.testing.server.ServerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Wrong values and unknown names stop the start, and the operator sees all of them at once. */
class WrongSettingsIT {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Pattern WILDFLY_STARTED = Pattern.compile("WFLYSRV002[56]");
  private static final int FAULTY_CONFIGURATION = 78;

  private static final Map<String, String> WRONG =
      Map.of(
          "snapper.redis.address", "http://somewhere",
          "snapper.node.heartbeat", "fast",
          "snapper.node.laese", "5s",
          "snapper.delivery.batch.messages", "51");

  private static List<String> faults() {
    List<String> faults =
        catchThrowableOfType(ConfigurationException.class, () -> SnapperSettings.of(WRONG))
            .faults();
    assertThat(faults).hasSize(WRONG.size());
    assertThat(WRONG.keySet())
        .allSatisfy(key -> assertThat(faults).anyMatch(fault -> fault.startsWith(key)));
    return faults;
  }

  @Test
  void shouldEndTheRunnableJarWithAllFaults() throws IOException {
    Path directory = Directories.empty("wrong-settings");
    List<String> command = new ArrayList<>(List.of(ChildProcess.java(), "-Xmx512m"));
    WRONG.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.add("-Dsnapper.data.dir=" + directory.resolve("data"));
    command.add("-Djava.io.tmpdir=" + directory);
    command.addAll(List.of("-jar", Directories.built("snapper.jar").toString()));
    command.addAll(List.of("--port", Integer.toString(FreePorts.next())));

    try (ChildProcess jar = ChildProcess.start(directory, directory, command)) {
      int code = jar.awaitEnd(LIMIT);

      assertThat(code).isEqualTo(FAULTY_CONFIGURATION);
      String lastWords = jar.errors();
      assertThat(lastWords.substring(lastWords.lastIndexOf("Snapper could not be started.")))
          .contains("4 faults in the settings")
          .contains(faults());
    }
    Directories.delete(directory);
  }

  @Test
  void shouldFailTheDeploymentOnWildFlyWithAllFaults() {
    try (RunningServer server = ServerKind.WILDFLY.launch(WRONG)) {
      Awaitility.await()
          .atMost(LIMIT)
          .until(() -> WILDFLY_STARTED.matcher(server.log()).find() || !server.isAlive());

      assertThat(server.log()).contains("4 faults in the settings").contains(faults());
      assertThat(SimpleClient.readiness(server.http())).isNotEqualTo(200);
      assertThat(server.dataDirectory()).isEmptyDirectory();
    }
  }
}
