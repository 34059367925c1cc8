package io.snapper.edge.rest;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.util.List;

/**
 * What became of each entry.
 *
 * @param accepted how many entries were stored
 * @param refused how many were not
 * @param results one for each entry, in the request's order
 */
@JsonbPropertyOrder({"accepted", "refused", "results"})
public record BatchAnswer(int accepted, int refused, List<Entry> results) implements Answer {
  public BatchAnswer {
    results = List.copyOf(results);
  }

  /**
   * What became of one entry.
   *
   * @param target the room or user as the request names it, or null if it names none
   * @param status the HTTP status that the entry alone would have had
   * @param pushed where its messages are, or null
   * @param problem why it was refused, or null
   */
  @JsonbPropertyOrder({"target", "status", "pushed", "problem"})
  public record Entry(String target, int status, PushAnswer pushed, Problem problem) {}
}
