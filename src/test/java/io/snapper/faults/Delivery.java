package io.snapper.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;

/** Compares what a producer sent with what a device got, and says how long nothing came. */
final class Delivery {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final SteadyProducer producer;
  private final Device device;

  Delivery(SteadyProducer producer, Device device) {
    this.producer = producer;
    this.device = device;
  }

  /** Waits until something arrives that was published after now. */
  void awaitProgress() {
    int before = producer.lastAccepted();
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> highest() > before);
  }

  /** Waits until the device has the last accepted publication. The producer has stopped. */
  void awaitLast() {
    Awaitility.await().atMost(PATIENCE).until(() -> highest() >= producer.lastAccepted());
  }

  private int highest() {
    List<Device.Arrival> arrivals = device.arrivals();
    return arrivals.isEmpty() ? 0 : Integer.parseInt(arrivals.get(arrivals.size() - 1).payload());
  }

  /** Everything that was accepted arrived, in order, once; nothing else but what is unknown did. */
  void assertNothingLost() {
    assertThat(lost()).as("accepted and never delivered").isEmpty();
    assertThat(device.gaps()).as("gap notices").isEmpty();
    assertInOrderAndOnce();
  }

  /** Returns what was accepted and did not arrive. */
  List<Integer> lost() {
    Set<Integer> arrived = new HashSet<>(numbers());
    return producer.with(SteadyProducer.Outcome.ACCEPTED).stream()
        .filter(number -> !arrived.contains(number))
        .toList();
  }

  /** What arrived came in the order of the publications, and each once. */
  void assertInOrderAndOnce() {
    assertInOrderAndOnceFrom(0);
  }

  /** The same for what arrived after the first {@code count} messages. */
  void assertInOrderAndOnceFrom(int count) {
    List<Integer> all = numbers();
    List<Integer> numbers = all.subList(count, all.size());
    List<String> faults = new ArrayList<>();
    for (int index = 1; index < numbers.size(); index++) {
      if (numbers.get(index) <= numbers.get(index - 1)) {
        faults.add(numbers.get(index - 1) + " before " + numbers.get(index));
      }
    }
    assertThat(faults).as("repeated or out of order").isEmpty();
  }

  private List<Integer> numbers() {
    return device.payloads().stream().map(Integer::parseInt).toList();
  }

  /** Returns the longest time between two arrivals, in ms. */
  long longestSilenceMs() {
    List<Device.Arrival> arrivals = device.arrivals();
    long longestNanos = 0;
    for (int index = 1; index < arrivals.size(); index++) {
      longestNanos =
          Math.max(longestNanos, arrivals.get(index).atNanos() - arrivals.get(index - 1).atNanos());
    }
    return Duration.ofNanos(longestNanos).toMillis();
  }

  /**
   * What is lost was accepted before the store was back: all that was accepted after it arrived.
   */
  void assertLostAtMostBefore(long backNanos) {
    List<Integer> lostAfter = new ArrayList<>(producer.acceptedAfter(backNanos));
    lostAfter.retainAll(lost());
    assertThat(lostAfter).as("accepted after the store was back and never delivered").isEmpty();
  }

  /** Prints a line for the record. */
  void report(String fault) {
    System.out.printf(
        "%-74s accepted %5d, refused %4d, delivered %5d, lost %3d, gap notices %d, longest silence"
            + " %5d ms%n",
        fault,
        producer.with(SteadyProducer.Outcome.ACCEPTED).size(),
        producer.refusals().size(),
        device.payloads().size(),
        lost().size(),
        device.gaps().size(),
        longestSilenceMs());
  }

  /** Prints a line for the record, with the time from the end of the fault to the next arrival. */
  void report(String fault, long backNanos) {
    long firstNanos =
        device.arrivals().stream()
            .mapToLong(Device.Arrival::atNanos)
            .filter(nanos -> nanos > backNanos)
            .min()
            .orElseThrow();
    report(
        String.format(
            "%s: accepted +%d, delivered +%d ms",
            fault,
            Duration.ofNanos(producer.firstAcceptedAfter(backNanos) - backNanos).toMillis(),
            Duration.ofNanos(firstNanos - backNanos).toMillis()));
  }
}
