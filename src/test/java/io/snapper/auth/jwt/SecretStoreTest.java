package io.snapper.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snapper.config.ConfigurationException;
import io.snapper.config.Secret;
import io.snapper.config.SnapperSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretStoreTest {
  @TempDir Path temporary;

  @Test
  void shouldMakeALongSecretOnceReadableByTheOwnerAlone() throws IOException {
    Path directory = temporary.resolve("deep/data");

    List<Secret> first = SecretStore.secrets(settings(directory));
    List<Secret> again = SecretStore.secrets(settings(directory));

    assertThat(first).singleElement().satisfies(made -> assertThat(made.value()).hasSize(43));
    assertThat(again).isEqualTo(first);
    assertThat(permissions(directory)).isEqualTo("rwx------");
    assertThat(permissions(directory.resolve(SecretStore.FILE))).isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void shouldMakeDifferentSecretsInDifferentPlaces() {
    assertThat(SecretStore.secrets(settings(temporary.resolve("one"))))
        .isNotEqualTo(SecretStore.secrets(settings(temporary.resolve("two"))));
  }

  @Test
  void shouldAgreeWhenManyStartAtOnce() throws Exception {
    int nodes = 8;
    CyclicBarrier together = new CyclicBarrier(nodes);
    ExecutorService threads = Executors.newFixedThreadPool(nodes);
    try {
      for (int round = 0; round < 20; round++) {
        SnapperSettings settings = settings(temporary.resolve("round" + round));
        Callable<List<Secret>> start =
            () -> {
              together.await();
              return SecretStore.secrets(settings);
            };
        Set<List<Secret>> seen = new HashSet<>();
        for (Future<List<Secret>> node : threads.invokeAll(Collections.nCopies(nodes, start))) {
          seen.add(node.get());
        }
        assertThat(seen).hasSize(1);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void shouldReadOneSecretPerLineAndCloseTheFileToOthers() throws IOException {
    Path file = temporary.resolve(SecretStore.FILE);
    Files.writeString(file, "new\n\n  old  \r\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(SecretStore.secrets(settings(temporary)))
        .containsExactly(new Secret("new"), new Secret("old"));
    assertThat(permissions(file)).isEqualTo("rw-------");
  }

  @Test
  void shouldPreferGivenSecretsAndMakeNone() throws IOException {
    Path file = Files.writeString(temporary.resolve("given"), "two\nthree\n");
    Path directory = temporary.resolve("data");

    List<Secret> secrets = SecretStore.secrets(settings(directory, "one, file:" + file));

    assertThat(secrets).containsExactly(new Secret("one"), new Secret("two"), new Secret("three"));
    assertThat(directory).doesNotExist();
  }

  @Test
  void shouldSayWhatIsWrongWithAFile() throws IOException {
    Path empty = Files.writeString(temporary.resolve("empty"), "\n");
    Path missing = temporary.resolve("missing");
    Path plainFile = Files.writeString(temporary.resolve("plain"), "");

    assertThatThrownBy(() -> SecretStore.secrets(settings(temporary, "file:" + empty)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("snapper.token.secrets: the file must hold at least one secret");
    assertThatThrownBy(() -> SecretStore.secrets(settings(temporary, "file:" + missing)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(missing.toString());
    assertThatThrownBy(() -> SecretStore.secrets(settings(plainFile)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(plainFile.toString());
  }

  private static SnapperSettings settings(Path directory) {
    return SnapperSettings.of(Map.of("snapper.data.dir", directory.toString()));
  }

  private static SnapperSettings settings(Path directory, String secrets) {
    return SnapperSettings.of(
        Map.of("snapper.data.dir", directory.toString(), "snapper.token.secrets", secrets));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
