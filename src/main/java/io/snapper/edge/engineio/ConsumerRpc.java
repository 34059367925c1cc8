package io.snapper.edge.engineio;

import io.snapper.core.delivery.Batch;
import io.snapper.core.delivery.GapNotice;
import io.snapper.core.message.Message;
import io.snapper.core.session.ConsumerSession;
import io.snapper.protocol.json.JsonText;
import io.snapper.protocol.jsonrpc.Acknowledgement;
import io.snapper.protocol.jsonrpc.JsonRpcErrorCode;
import io.snapper.protocol.jsonrpc.JsonRpcId;
import io.snapper.protocol.jsonrpc.JsonRpcMessage;
import io.snapper.protocol.jsonrpc.JsonRpcParser;
import io.snapper.protocol.jsonrpc.JsonRpcWriter;
import io.snapper.protocol.jsonrpc.PublishRequestWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The JSON-RPC of one consumer: deliveries out, acknowledgements in, requests echoed, anything else
 * answered with the notification {@code invalid}.
 *
 * <p>Deliveries come on the lane's thread, messages on the container's; the engine decides what an
 * acknowledgement changes, so a stale view here harms nothing.
 */
final class ConsumerRpc {
  /** What comes before a message in a text packet. */
  private static final String PREFIX = "4";

  private static final JsonRpcMessage BINARY =
      new JsonRpcMessage.Invalid(
          JsonRpcErrorCode.PARSE_ERROR, JsonRpcId.NULL, "a message in binary");

  private final JsonRpcParser parser;
  private final Consumer<String> output;

  private volatile ConsumerSession session;
  private volatile String inFlightId;

  /**
   * A batch that was sent twice is answered twice; the second answer is no news and no fault, and
   * an {@code invalid} for it would reach the application.
   */
  private volatile String acknowledgedId;

  /**
   * Creates the JSON-RPC of a connection.
   *
   * @param output takes encoded message packets for the client
   */
  ConsumerRpc(JsonRpcParser parser, Consumer<String> output) {
    this.parser = parser;
    this.output = output;
  }

  /** Begins to pass acknowledgements on. */
  void begin(ConsumerSession opened) {
    session = opened;
  }

  /** Returns the packet that delivers a batch, and from now on takes its acknowledgement. */
  String delivery(Batch batch) {
    inFlightId = batch.id();
    return batch.frame(ConsumerRpc::encode);
  }

  /** Returns the packet that tells of a gap. */
  static String gap(GapNotice notice) {
    return PREFIX
        + JsonRpcWriter.notification(
            "gap",
            "{\"room\":"
                + JsonText.quote(notice.room().value())
                + ",\"from\":"
                + notice.from()
                + ",\"to\":"
                + notice.to()
                + ",\"epoch\":"
                + JsonText.quote(notice.epoch())
                + "}");
  }

  /**
   * Takes a text packet if it is the plain acknowledgement of the batch in flight, which nearly all
   * packets are; looks at nothing twice and makes nothing.
   */
  boolean takeAcknowledgement(String packet) {
    return packet.startsWith(PREFIX) && takeAcknowledgement(packet, PREFIX.length());
  }

  private boolean takeAcknowledgement(String text, int from) {
    String expected = inFlightId;
    if (expected == null || !Acknowledgement.matches(text, from, expected)) {
      return false;
    }
    acknowledge(expected);
    return true;
  }

  /** Takes a message of the client. */
  void onMessage(String text) {
    if (takeAcknowledgement(text, 0)) {
      return;
    }
    JsonRpcMessage message = parser.parse(text);
    if (message instanceof JsonRpcMessage.Batch batch) {
      List<String> answers = new ArrayList<>();
      batch.messages().forEach(part -> onMessage(part, answers));
      if (!answers.isEmpty()) {
        send(JsonRpcWriter.batch(answers));
      }
      return;
    }
    List<String> answers = new ArrayList<>(1);
    onMessage(message, answers);
    answers.forEach(this::send);
  }

  /** Answers a message in binary, which no client of ours sends. */
  void onBinaryMessage() {
    refuse(BINARY);
  }

  private void onMessage(JsonRpcMessage message, List<String> answers) {
    if (message instanceof JsonRpcMessage.Request request) {
      answers.add(JsonRpcWriter.success(request.id(), request.params().orElse("null")));
    } else if (message instanceof JsonRpcMessage.Success success) {
      onSuccess(success);
    } else if (message instanceof JsonRpcMessage.Failure failure) {
      onFailure(failure);
    } else if (!(message instanceof JsonRpcMessage.Notification)) {
      refuse(message);
    }
  }

  private void onSuccess(JsonRpcMessage.Success success) {
    String expected = inFlightId;
    String before = acknowledgedId;
    if (expected != null && success.id().isString(expected)) {
      acknowledge(expected);
    } else if (before == null || !success.id().isString(before)) {
      refuse(success);
    }
  }

  private void onFailure(JsonRpcMessage.Failure failure) {
    String expected = inFlightId;
    ConsumerSession current = session;
    if (expected != null && failure.id().isString(expected) && current != null) {
      current.reject(expected);
    } else {
      refuse(failure);
    }
  }

  private void acknowledge(String batchId) {
    acknowledgedId = batchId;
    inFlightId = null;
    ConsumerSession current = session;
    if (current != null) {
      current.acknowledge(batchId);
    }
  }

  private void refuse(JsonRpcMessage message) {
    send(JsonRpcWriter.invalidNotification(message));
  }

  private void send(String json) {
    output.accept(PREFIX + json);
  }

  private static String encode(Batch batch) {
    List<String> quoted = new ArrayList<>(batch.messages().size());
    for (Message message : batch.messages()) {
      quoted.add(message.encoded(JsonText::quote));
    }
    return PublishRequestWriter.write(PREFIX, batch.id(), quoted);
  }
}
