package io.snapper.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.testing.server.RunningServer;
import io.snapper.testing.server.ServerCertificate;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A file of {@code src/test/npm/clients}, run by node. It prints each of its tests, ends with 0 if
 * all of them held, and may ask for things to be done meanwhile.
 */
final class Scenario {
  private static final Path NPM = Path.of("src", "test", "npm");
  private static final Duration LIMIT = Duration.ofMinutes(6);
  private static final String WISH = "@ask ";

  private final String name;
  private final Map<String, String> environment;

  private Scenario(String name, Map<String, String> environment) {
    this.name = name;
    this.environment = environment;
  }

  static Scenario of(String name) {
    return new Scenario(name, Map.of());
  }

  /** Returns one whose clients trust the certificate, too. */
  Scenario trusting(ServerCertificate certificate) {
    return new Scenario(name, Map.of("NODE_EXTRA_CA_CERTS", certificate.certificate().toString()));
  }

  /**
   * What a scenario needs to know of a node.
   *
   * @param http where clients reach it by HTTP, or by HTTPS
   * @param secrets what signs tokens, the first one usually
   */
  record Node(RunningServer server, URI http, List<String> secrets) {
    Node(RunningServer server, List<String> secrets) {
      this(server, server.http(), secrets);
    }

    /** The same node over TLS. */
    Node overTls() {
      return new Node(server, server.https(), secrets);
    }

    /** A node that made its secret itself. */
    static Node withOwnSecret(RunningServer server) {
      try {
        Path file = server.dataDirectory().resolve("token-secrets");
        return new Node(server, Files.readAllLines(file).subList(0, 1));
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  /** Runs it and fails with its output unless all of its tests held. */
  void run(List<Node> nodes) {
    run(nodes, Map.of());
  }

  /**
   * Runs it and fails with its output unless all of its tests held.
   *
   * @param wishes what it may ask for; each returns the nodes as they are then
   */
  void run(List<Node> nodes, Map<String, Supplier<List<Node>>> wishes) {
    Process process = start(json(nodes));
    try {
      CompletableFuture<String> output =
          CompletableFuture.supplyAsync(() -> converse(process, wishes));
      boolean hasEnded = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
      if (!hasEnded) {
        process.destroyForcibly();
      }

      assertThat(hasEnded).as("%s ends in time; it said:%n%s", name, output.join()).isTrue();
      assertThat(process.exitValue()).as("%s said:%n%s", name, output.join()).isZero();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    } finally {
      process.destroyForcibly();
    }
  }

  private Process start(String arguments) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder("node", "clients/" + name + ".js", arguments)
              .directory(NPM.toFile())
              .redirectErrorStream(true);
      builder.environment().putAll(environment);
      return builder.start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private String converse(Process process, Map<String, Supplier<List<Node>>> wishes) {
    StringBuilder output = new StringBuilder();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        BufferedWriter answers = process.outputWriter(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        System.out.println(name + ": " + line);
        output.append(line).append('\n');
        if (line.startsWith(WISH)) {
          answers.write(json(wishes.get(line.substring(WISH.length())).get()));
          answers.newLine();
          answers.flush();
        }
      }
    } catch (IOException | RuntimeException failure) {
      output.append(failure);
      process.destroyForcibly();
    }
    return output.toString();
  }

  private static String json(List<Node> nodes) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    for (Node node : nodes) {
      RunningServer server = node.server();
      array.add(
          Json.createObjectBuilder()
              .add("http", node.http().toString())
              .add("tcp", server.producerPort())
              .add("data", server.dataDirectory().toString())
              .add("secrets", Json.createArrayBuilder(node.secrets())));
    }
    return Json.createObjectBuilder().add("nodes", array).build().toString();
  }
}
