package io.snapper.chaos;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The rows of all runs so far, in {@code table.txt} and {@code table.json}. Not thread safe. */
final class ResultTable {
  private final Path directory;
  private final List<Row> rows = new ArrayList<>();

  ResultTable(Path directory) {
    this.directory = directory;
  }

  /** Adds rows and writes both files anew, so that they are there whatever happens next. */
  void add(List<Row> added) {
    rows.addAll(added);
    JsonArrayBuilder json = Json.createArrayBuilder();
    rows.forEach(row -> json.add(row.json()));
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve("table.txt"), text());
      Files.writeString(directory.resolve("table.json"), json.build().toString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Returns the table for people. */
  String text() {
    StringBuilder text = new StringBuilder(Row.HEADER).append('\n');
    rows.forEach(row -> text.append(row.line()).append('\n'));
    return text.toString();
  }
}
