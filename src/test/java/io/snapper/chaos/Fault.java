package io.snapper.chaos;

/**
 * Something that goes wrong while messages flow.
 *
 * @param times how often in one phase
 */
record Fault(String name, int times, Happening happening) {
  /** What happens. */
  interface Happening {
    /**
     * Makes it happen and heals it; returns when the effect has been seen long enough.
     *
     * @param time 0 for the first time in this phase, 1 for the next one
     */
    void happen(World world, int time);
  }
}
