package io.snapper.edge.engineio;

/** A request is refused. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  RefusedException(Refusal refusal) {
    // Made for every bad request, and nobody looks at where.
    super(refusal.body(), null, false, false);
    this.refusal = refusal;
  }

  /** Returns what to answer. */
  public Refusal refusal() {
    return refusal;
  }
}
