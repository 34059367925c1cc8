package io.snapper.store;

import io.snapper.core.message.Message;
import io.snapper.core.store.Push;
import io.snapper.core.store.PushChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

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
    return pushes().stream()
        .filter(Push.RoomMessages.class::isInstance)
        .flatMap(push -> ((Push.RoomMessages) push).messages().stream())
        .toList();
  }
}
