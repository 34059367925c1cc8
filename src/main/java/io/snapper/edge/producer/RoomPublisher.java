package io.snapper.edge.producer;

import io.netty.util.concurrent.EventExecutor;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.PublishRequest.Sequence;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Stores the publications of one connection: one call at a time for each room, calls for different
 * rooms together. What the broker can't take for the time being is kept and offered again, in its
 * place; nothing that was accepted is dropped.
 */
final class RoomPublisher {
  private static final Logger LOG = System.getLogger(RoomPublisher.class.getName());
  static final long SHORTEST_RETRY_MS = 50;
  static final long LONGEST_RETRY_MS = 1000;

  private final BrokerCalls broker;
  private final EventExecutor loop;
  private final Listener listener;
  private final Map<RoomName, RoomBacklog> backlogs = new HashMap<>();
  private final List<RoomBacklog> ready = new ArrayList<>();
  private final List<RoomBacklog> refused = new ArrayList<>();
  private final FailedNumbers failures = new FailedNumbers();
  private int refusedRooms;
  private long retryMs = SHORTEST_RETRY_MS;
  private long unfinishedMessages;

  /** Who is told; on the event loop. */
  interface Listener {
    /** All messages of a publication are stored or refused for good. */
    void onFinished(Publication publication);

    /** The broker began to refuse for the time being, or takes everything again. */
    void onBrokerRefuses(boolean isRefusing);

    /** A call ended: what it carried is told, and more may begin. */
    void onTurnEnd();
  }

  RoomPublisher(BrokerCalls broker, EventExecutor loop, Listener listener) {
    this.broker = broker;
    this.loop = loop;
    this.listener = listener;
  }

  /** How many messages are neither stored nor refused for good. */
  long unfinishedMessages() {
    return unfinishedMessages;
  }

  /** Takes a publication; the calls begin with {@link #send}. */
  void add(Publication publication) {
    if (publication.isFinished()) {
      listener.onFinished(publication);
      return;
    }
    Optional<Refusal> barred = publication.number().flatMap(failures::refusalOf);
    if (barred.isPresent()) {
      publication.onFailed(publication.messages(), barred.get());
      listener.onFinished(publication);
      return;
    }
    unfinishedMessages += publication.messages();
    for (Segment segment : publication.segments()) {
      RoomBacklog backlog = backlogs.computeIfAbsent(segment.room(), RoomBacklog::new);
      if (backlog.isEmpty()) {
        ready.add(backlog);
      }
      backlog.add(segment);
    }
  }

  /** Begins a call for each room that has messages and no call under way. */
  void send() {
    for (RoomBacklog backlog : ready) {
      backlog.begin();
      call(backlog);
    }
    ready.clear();
  }

  private void call(RoomBacklog backlog) {
    CompletionStage<?> stored;
    try {
      stored = broker.publish(backlog.room(), backlog.payloads(), backlog.sequence());
    } catch (RuntimeException failure) {
      loop.execute(() -> onCallEnded(backlog, failure));
      return;
    }
    stored.whenComplete((done, failure) -> loop.execute(() -> onCallEnded(backlog, failure)));
  }

  private void onCallEnded(RoomBacklog backlog, Throwable failure) {
    Refusal refusal = failure == null ? null : Refusal.of(failure);
    if (refusal != null && refusal.isTemporary()) {
      onRefused(backlog);
      return;
    }
    if (refusal != null && refusal.fault() != null) {
      LOG.log(
          Level.ERROR,
          () ->
              "messages for room '"
                  + backlog.room()
                  + "' may be lost, since the broker failed: "
                  + backlog.payloads().size(),
          refusal.fault());
    }
    boolean wasRefused = backlog.isRefused();
    Optional<Sequence> sequence = backlog.sequence();
    for (Segment segment : backlog.end()) {
      onSegmentEnded(segment, refusal);
    }
    if (refusal != null && sequence.isPresent()) {
      onNumberedFailed(backlog, sequence.get());
    }
    if (backlog.isEmpty()) {
      backlogs.remove(backlog.room());
    } else {
      ready.add(backlog);
    }
    if (wasRefused && --refusedRooms == 0) {
      retryMs = SHORTEST_RETRY_MS;
      listener.onBrokerRefuses(false);
    }
    listener.onTurnEnd();
  }

  /** What comes after it must not be stored before it, or it would count as stored. */
  private void onNumberedFailed(RoomBacklog backlog, Sequence failed) {
    failures.add(failed);
    for (Segment later : backlog.removeNumbered(failed.producer())) {
      onSegmentEnded(later, FailedNumbers.refusal(later.sequence().orElseThrow(), failed));
    }
  }

  private void onSegmentEnded(Segment segment, Refusal refusal) {
    int count = segment.payloads().size();
    unfinishedMessages -= count;
    Publication publication = segment.publication();
    if (refusal == null) {
      publication.onStored(count);
    } else {
      publication.onFailed(count, refusal);
    }
    if (publication.isFinished()) {
      listener.onFinished(publication);
    }
  }

  private void onRefused(RoomBacklog backlog) {
    if (!backlog.isRefused()) {
      backlog.setRefused(true);
      if (refusedRooms++ == 0) {
        listener.onBrokerRefuses(true);
      }
    }
    refused.add(backlog);
    if (refused.size() == 1) {
      loop.schedule(this::retry, retryMs, TimeUnit.MILLISECONDS);
      retryMs = Math.min(2 * retryMs, LONGEST_RETRY_MS);
    }
  }

  private void retry() {
    List<RoomBacklog> again = List.copyOf(refused);
    refused.clear();
    again.forEach(this::call);
  }
}
