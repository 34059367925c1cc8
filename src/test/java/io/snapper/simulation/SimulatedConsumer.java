package io.snapper.simulation;

import io.snapper.core.auth.ConsumerIdentity;
import io.snapper.core.auth.DeviceKind;
import io.snapper.core.delivery.GapNotice;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.Message;
import io.snapper.core.message.RoomName;
import io.snapper.core.message.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A device with two applications on the same connection: one behind an unmodified snapper-consumer,
 * which answers each request and hands it on only if its id is not that of the last one it
 * answered; and one behind a client that skips by epoch and offset what it has had. Both remember
 * across connections.
 */
final class SimulatedConsumer {
  private static final long TOKEN_LIFE_SECONDS = 86_400;

  final Place place;
  final ConsumerIdentity identity;
  private final Steps steps;
  private final ConsumerModel model;
  private final Map<String, Long> highest = new HashMap<>();
  private final List<Runnable> unread = new ArrayList<>();
  private String lastAnswered;
  private SimulatedConnection connection;
  private boolean isOpen;
  private boolean isReading = true;
  private boolean isRejectingNext;

  SimulatedConsumer(String name, String user, Steps steps, ConsumerModel model) {
    this.place = new Place(name);
    this.steps = steps;
    this.model = model;
    this.identity =
        new ConsumerIdentity(
            new ConsumerId(name),
            new UserId(user),
            DeviceKind.WEB,
            Steps.START_MS / 1000 + TOKEN_LIFE_SECONDS);
  }

  ConsumerId id() {
    return identity.consumer();
  }

  ConsumerModel model() {
    return model;
  }

  SimulatedConnection connection() {
    return connection;
  }

  /** Returns whether the device has a connection that has been opened. */
  boolean isOpen() {
    return isOpen;
  }

  void connect(SimulatedNode node) {
    SimulatedConnection opening = new SimulatedConnection(steps, this, node);
    connection = opening;
    isOpen = false;
    steps.at(
        node.place,
        () ->
            node.broker.connect(identity, opening, Optional.empty()).whenComplete(opening::opened));
  }

  /** The device's side of the connection breaks. */
  void cut(boolean isNoticed, int lostFrames) {
    SimulatedConnection broken = connection;
    connection = null;
    isOpen = false;
    unread.clear();
    broken.cut(isNoticed, lostFrames);
  }

  void onOpen(SimulatedConnection opened) {
    if (opened == connection) {
      isOpen = true;
      model.onOpen(steps.count());
    }
  }

  void onClose(SimulatedConnection closed) {
    if (closed == connection) {
      connection = null;
      isOpen = false;
      unread.clear();
    }
  }

  void stopReading() {
    isReading = false;
  }

  void readAgain() {
    isReading = true;
    List<Runnable> waiting = List.copyOf(unread);
    unread.clear();
    waiting.forEach(Runnable::run);
  }

  void rejectNext() {
    isRejectingNext = true;
  }

  void onBatch(SimulatedConnection from, String id, List<Message> messages) {
    if (from != connection) {
      return;
    }
    if (isReading) {
      handle(from, id, messages);
    } else {
      unread.add(() -> handle(from, id, messages));
    }
  }

  private void handle(SimulatedConnection from, String id, List<Message> messages) {
    if (isRejectingNext) {
      isRejectingNext = false;
      from.sendToNode(session -> session.reject(id));
      return;
    }
    List<BatchId.Place> places = BatchId.parse(id);
    ConsumerModel.require(
        places.size() == messages.size(), "batch " + id + " has " + messages.size() + " messages");
    model.onBatch(id, firstOffsets(places, messages));
    for (int index = 0; index < messages.size(); index++) {
      BatchId.Place at = places.get(index);
      String payload = messages.get(index).payload();
      if (!id.equals(lastAnswered)) {
        model.unmodified().onMessage(at.epoch(), at.offset(), payload);
      }
      if (at.offset() > highest.getOrDefault(at.epoch(), 0L)) {
        highest.put(at.epoch(), at.offset());
        model.deduping().onMessage(at.epoch(), at.offset(), payload);
      }
    }
    lastAnswered = id;
    from.sendToNode(session -> session.acknowledge(id));
  }

  private static Map<RoomName, Long> firstOffsets(
      List<BatchId.Place> places, List<Message> messages) {
    Map<RoomName, Long> firstOffsets = new HashMap<>();
    for (int index = 0; index < places.size(); index++) {
      RoomName room = Payload.parse(messages.get(index).payload()).room();
      firstOffsets.putIfAbsent(room, places.get(index).offset());
    }
    return firstOffsets;
  }

  void onGapSent(GapNotice notice) {
    model.onGapSent(notice);
  }

  void onGap(GapNotice notice) {
    model.onGapSeen(notice);
  }

  @Override
  public String toString() {
    return place.toString();
  }
}
