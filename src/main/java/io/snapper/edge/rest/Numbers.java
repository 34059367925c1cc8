package io.snapper.edge.rest;

/** Reads numbers of a query. The containers would answer 404 to one that isn't a number. */
final class Numbers {
  private Numbers() {}

  /** Returns the number that {@code text} is, or {@code absent} if it is null. */
  static long parse(String field, String text, long absent, long least, long most) {
    if (text == null) {
      return absent;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notOne) {
      // The text below names it.
    }
    Problem problem =
        ProblemException.invalid(
                field,
                field
                    + " '"
                    + Excerpts.shown(text)
                    + "' must be a whole number, "
                    + (most == Long.MAX_VALUE ? least + " or more" : least + " to " + most))
            .problem();
    throw new ProblemException(most == Long.MAX_VALUE ? problem : problem.withLimit(most));
  }
}
