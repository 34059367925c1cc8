package io.snapper.core.delivery;

/**
 * How many connections a node opens at once, so that those that are open are served in between.
 *
 * @param concurrency connections that are being opened, 1 or more
 * @param queue connections that wait for their turn, 0 or more; further ones are refused
 */
public record AdmissionOptions(int concurrency, int queue) {
  /** The values that are used unless something else is configured. */
  public static final AdmissionOptions DEFAULTS = new AdmissionOptions(256, 20_000);
}
