package io.snapper.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.message.Message;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.Push;
import io.snapper.core.store.PushChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Remembers what a node received, in the order of arrival. Thread safe. */
public final class RecordedPushes implements PushChannel.Listener {
  /** One push as it came. */
  public record Received(int partition, long sequence, Push push) {}

  private final PushChannel channel;
  private final Consumer<Callable<Boolean>> clock;
  private final List<Received> received = new ArrayList<>();
  private final List<Integer> resubscribed = new ArrayList<>();

  RecordedPushes(PushChannel channel, Consumer<Callable<Boolean>> clock) {
    this.channel = channel;
    this.clock = clock;
  }

  @Override
  public synchronized void onPush(int partition, long sequence, Push push) {
    received.add(new Received(partition, sequence, push));
  }

  @Override
  public synchronized void onResubscribed(int partition) {
    resubscribed.add(partition);
  }

  /** Returns the channel that they come through. */
  public PushChannel channel() {
    return channel;
  }

  public synchronized List<Received> received() {
    return List.copyOf(received);
  }

  public synchronized List<Integer> resubscribed() {
    return List.copyOf(resubscribed);
  }

  /** Waits for this many pushes and returns them. */
  public List<Push> await(int count) {
    clock.accept(() -> received().size() >= count);
    return pushes();
  }

  public List<Push> pushes() {
    return received().stream().map(Received::push).toList();
  }

  /** Returns all messages of rooms that have come. */
  public List<Message> messages() {
    return messagesOf(room -> true);
  }

  /** Returns all messages of a room that have come. */
  public List<Message> messagesOf(RoomName room) {
    return messagesOf(room::equals);
  }

  private List<Message> messagesOf(Predicate<RoomName> isWanted) {
    return pushes().stream()
        .filter(Push.RoomMessages.class::isInstance)
        .map(Push.RoomMessages.class::cast)
        .filter(push -> isWanted.test(push.room()))
        .flatMap(push -> push.messages().stream())
        .toList();
  }

  /** Asserts that the pushes of each partition have the numbers 1, 2, 3 … in this order. */
  public void assertNumberedWithoutHoles() {
    Map<Integer, Long> last = new HashMap<>();
    for (Received push : received()) {
      assertThat(push.sequence()).isEqualTo(last.getOrDefault(push.partition(), 0L) + 1);
      last.put(push.partition(), push.sequence());
    }
  }
}
