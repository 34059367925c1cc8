package io.snapper.store.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * Takes all connections off the lists, ends all nodes, and lets all lives end: then nothing is left
 * but what sums up the past.
 */
record EndOfLives() implements Step {
  private static final int LONGER_THAN_ALL_LIVES = 60;
  private static final List<String> SUMS = List.of(":{nodes}:totals", ":{nodes}:rooms");
  private static final String MEMORY_OF_REMOVED = ":{nodes}:removed:";

  @Override
  public void run(Comparison stores) {
    for (int user = 0; user < Naming.USERS; user++) {
      for (int consumer = 0; consumer < Naming.CONSUMERS; consumer++) {
        new PresenceSteps.Leave(user, consumer, 0, true).run(stores);
      }
    }
    for (int node = 0; node < Comparison.NODES.size(); node++) {
      new NodeSteps.Remove(node).run(stores);
    }
    stores.store().passTime(Comparison.UNIT.multipliedBy(LONGER_THAN_ALL_LIVES));
    List<String> left =
        stores.store().keys().stream()
            .filter(key -> SUMS.stream().noneMatch(key::endsWith))
            .filter(key -> !key.contains(MEMORY_OF_REMOVED))
            .toList();
    assertThat(left).as("what is left after all lives").isEmpty();
  }
}
