package io.snapper.bench;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The load tool, running. */
final class LoadProcess {
  private final Path report;
  private final Process process;

  private LoadProcess(Path report, Process process) {
    this.report = report;
    this.process = process;
  }

  static LoadProcess start(List<String> options) throws IOException {
    Path report = Files.createTempFile(Path.of("target"), "load", ".json");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "-jar", "target/snapper-load.jar"));
    command.addAll(options);
    command.addAll(List.of("--json", report.toString()));
    return new LoadProcess(report, new ProcessBuilder(command).inheritIO().start());
  }

  /** Waits for the end and returns the figures; lists as their sums, or their largest time. */
  Map<String, Double> figures() throws IOException, InterruptedException {
    JsonObject values = report();
    Map<String, Double> figures = new TreeMap<>();
    values.forEach((name, value) -> figures.put(name, number(value)));
    figures.put("cpuPercent", sum(values.getJsonArray("cpuPercentByProcess")));
    if (process.exitValue() != 0) {
      System.out.println("NOT FLAWLESS: " + values);
      figures.put("flawed", 1.0);
    }
    return figures;
  }

  /** Waits for the end and returns the whole report. */
  JsonObject report() throws IOException, InterruptedException {
    int exit = process.waitFor();
    String text = Files.readString(report);
    Files.delete(report);
    if (text.isEmpty()) {
      throw new IOException("the load tool ended with " + exit);
    }
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  boolean isRunning() {
    return process.isAlive();
  }

  void kill() {
    process.destroyForcibly();
  }

  private static double number(JsonValue value) {
    if (value instanceof JsonArray list) {
      return list.getValuesAs(JsonNumber.class).stream()
          .mapToDouble(JsonNumber::doubleValue)
          .max()
          .orElse(Double.NaN);
    }
    return ((JsonNumber) value).doubleValue();
  }

  private static double sum(JsonArray list) {
    return list.getValuesAs(JsonNumber.class).stream().mapToDouble(JsonNumber::doubleValue).sum();
  }
}
