package io.snapper.store.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.message.NodeId;
import io.snapper.store.comparison.Inbox.Received;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares what the nodes received since it was asked last: of each partition, in order. */
final class PushComparison {
  private static final Duration USUAL_TIME = Duration.ofMillis(300);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Comparison stores;
  private final Map<NodeId, Integer> expectedBefore = new HashMap<>();
  private final Map<NodeId, Integer> receivedBefore = new HashMap<>();

  PushComparison(Comparison stores) {
    this.stores = stores;
    stores.real().inboxes().forEach((node, inbox) -> receivedBefore.put(node, sizeOf(inbox)));
  }

  private static int sizeOf(Inbox inbox) {
    return inbox.from(0).size();
  }

  void compare() {
    Comparison.SUBSCRIBED.forEach(this::compare);
  }

  private void compare(NodeId node) {
    Inbox inbox = stores.real().inboxes().get(node);
    int before = receivedBefore.get(node);
    List<Received> expected =
        stores.memory().inboxes().get(node).from(expectedBefore.getOrDefault(node, 0));
    boolean hasAll = inbox.await(before + expected.size(), USUAL_TIME);
    if (!hasAll && sentIn(stores.memory(), node) == sentIn(stores.real(), node)) {
      inbox.await(before + expected.size(), PATIENCE);
    }
    List<Received> actual = inbox.from(before);
    expectedBefore.merge(node, expected.size(), Integer::sum);
    receivedBefore.put(node, before + actual.size());
    compare(node, byPartition(expected), byPartition(actual));
  }

  private static long sentIn(Side side, NodeId node) {
    return Arrays.stream(Answer.of(side.channels().get(node).sequences(node)).value()).sum();
  }

  private static Map<Integer, List<Received>> byPartition(List<Received> received) {
    Map<Integer, List<Received>> parts = new TreeMap<>();
    received.forEach(
        push ->
            parts
                .computeIfAbsent(push.partition(), unknown -> new java.util.ArrayList<>())
                .add(push));
    return parts;
  }

  private void compare(
      NodeId node, Map<Integer, List<Received>> expected, Map<Integer, List<Received>> actual) {
    boolean hasSameCounts =
        expected.keySet().equals(actual.keySet())
            && expected.entrySet().stream()
                .allMatch(entry -> actual.get(entry.getKey()).size() == entry.getValue().size());
    assertThat(hasSameCounts)
        .as("%s was to receive %s, and received %s", node, expected, actual)
        .isTrue();
    expected.forEach(
        (partition, pushes) -> {
          for (int index = 0; index < pushes.size(); index++) {
            Received memory = pushes.get(index);
            Received real = actual.get(partition).get(index);
            assertThat(real.sequence())
                .as("number of %s to %s", real, node)
                .isEqualTo(memory.sequence());
            stores.same().push(memory.push(), real.push());
          }
        });
  }
}
