package io.snapper.chaos;

/**
 * Something that goes wrong while messages flow.
 *
 * @param times how often in one phase
 * @param repetition what an unmodified client in default mode may see again because of it
 */
record Fault(String name, int times, Repetition repetition, Happening happening) {
  /** What {@code docs/guarantees.md} promises of it to the unmodified client in default mode. */
  enum Repetition {
    /** Each message once: nothing dies that knows what was acknowledged. */
    NEVER,
    /** What the client took just before may come again: the cursor was not written yet. */
    OF_THE_LAST_MOMENT
  }

  /** What happens. */
  interface Happening {
    /**
     * Makes it happen and heals it; returns when the effect has been seen long enough.
     *
     * @param time 0 for the first time in this phase, 1 for the next one
     */
    void happen(World world, int time);
  }

  /** Returns a fault through which every client sees each message once. */
  static Fault withoutRepetition(String name, int times, Happening happening) {
    return new Fault(name, times, Repetition.NEVER, happening);
  }

  /** Returns a fault that may cost the position of a mailbox, in default mode. */
  static Fault withRepetition(String name, int times, Happening happening) {
    return new Fault(name, times, Repetition.OF_THE_LAST_MOMENT, happening);
  }
}
