package io.snapper.edge.rest;

/** The roles that a token's claim {@code groups} may name. */
final class Roles {
  /** May publish, join, leave and look. */
  static final String PRODUCER = "producer";

  /** May do that, close connections, and take a node out of service. */
  static final String ADMIN = "admin";

  private Roles() {}
}
