package io.snapper.edge.rest;

import io.snapper.core.error.SnapperException;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.RoomName;
import io.snapper.core.message.UserId;
import java.util.function.Function;

/** Makes core names of a request's texts; a refusal says which field was wrong. */
final class NameRules {
  /**
   * What stands in the path for a name that is in the query. Servers and proxies refuse or change
   * some characters of a path, above all the encoded slash; they leave the query alone.
   */
  static final String IN_QUERY = "-";

  private NameRules() {}

  static RoomName room(String field, String text) {
    return named(field, text, RoomName::new);
  }

  static UserId user(String field, String text) {
    return named(field, text, UserId::new);
  }

  static ConsumerId consumer(String field, String text) {
    return named(field, text, ConsumerId::new);
  }

  /**
   * Returns the name that a request means.
   *
   * @param field the query parameter's name
   * @param segment what the path says, decoded
   * @param query what the query says, decoded, or null
   */
  static String chosen(String field, String segment, String query) {
    if (query == null) {
      return segment;
    }
    if (!segment.equals(IN_QUERY)) {
      throw ProblemException.invalid(
          field,
          "the path names '"
              + Excerpts.shown(segment)
              + "' and the query parameter "
              + field
              + " '"
              + Excerpts.shown(query)
              + "'; with the query parameter the path must have a - there");
    }
    return query;
  }

  private static <T> T named(String field, String text, Function<String, T> type) {
    try {
      return type.apply(text);
    } catch (SnapperException refused) {
      // Which of a name's rules is broken, and that rule's limit, only the text says.
      Problem problem = Problem.of(refused.code(), refused.getMessage());
      throw new ProblemException(problem.inField(field));
    }
  }
}
