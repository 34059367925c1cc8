package io.snapper.edge.rest;

/** Checks that a request has a body. */
final class Bodies {
  private Bodies() {}

  /** Returns the body; a container that finds none gives null instead of asking the reader. */
  static <T> T required(T body) {
    if (body == null) {
      throw ProblemException.invalid(null, "the request needs a body");
    }
    return body;
  }
}
