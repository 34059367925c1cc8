package io.snapper.store.comparison;

/** Lets the mailboxes grow old, and looks at each age which of them are still there. */
record MailboxesAge() implements Step {
  private static final int[] UNITS = {1, 1, 1, 1, 8};

  @Override
  public void run(Comparison stores) {
    for (int units : UNITS) {
      stores.passTime(units);
      for (int consumer = 0; consumer < Naming.CONSUMERS; consumer++) {
        new MailboxSteps.Reading(consumer).run(stores);
      }
    }
  }
}
