package io.snapper.edge.producer;

import io.netty.buffer.ByteBufUtil;
import io.snapper.core.error.SnapperException;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.PublishRequest.Sequence;
import io.snapper.protocol.json.JsonText;
import io.snapper.protocol.jsonrpc.JsonRpcErrorCode;
import io.snapper.protocol.jsonrpc.PublishParams;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One call of {@code publish}: its messages by room, and what became of them.
 *
 * <p>A pair that is not two non-empty strings is skipped, as producers expect. A pair that breaks a
 * rule of names or size is refused: the others are published all the same, and the answer is an
 * error that names the values, the limits, and how many were accepted. So it is if pairs came and
 * all were skipped.
 */
final class Publication {
  private static final int MAX_REASONS = 10;

  private final Reply reply;
  private final List<Segment> segments = new ArrayList<>(1);
  private final List<String> reasons = new ArrayList<>(0);
  private final int skipped;
  private final Optional<PublishParams.Number> number;
  private int refused;
  private int messages;
  private int unfinished;
  private int stored;
  private Refusal failure;

  private Publication(Reply reply, int skipped, Optional<PublishParams.Number> number) {
    this.reply = reply;
    this.skipped = skipped;
    this.number = number;
  }

  /**
   * Reads a call; nothing happens yet.
   *
   * @param params whose number, if they have one, names the producer as the store shall know it
   */
  static Publication of(PublishParams params, int messageLimitBytes, Reply reply) {
    Publication publication = new Publication(reply, params.skipped(), params.number());
    publication.gather(params.pairs(), messageLimitBytes);
    return publication;
  }

  /** The call's place in what its producer publishes, if it has one. */
  Optional<PublishParams.Number> number() {
    return number;
  }

  /** What there is to store, in order within each room. */
  List<Segment> segments() {
    return segments;
  }

  /** How many messages there are to store. */
  int messages() {
    return messages;
  }

  /** Messages were stored. */
  void onStored(int count) {
    stored += count;
    unfinished -= count;
  }

  /** Messages were refused for good. */
  void onFailed(int count, Refusal refusal) {
    failure = refusal;
    unfinished -= count;
  }

  /** Whether each message is stored or refused. */
  boolean isFinished() {
    return unfinished == 0;
  }

  /** Settles the reply; called once, when finished. */
  void answer() {
    if (failure != null) {
      reply.fail(failure.error(), failure.reason(), data(List.of(failure.reason())));
    } else if (refused > 0) {
      reply.fail(
          JsonRpcErrorCode.INVALID_PARAMS,
          "messages not published: " + refused + "; the first one's " + reasons.get(0),
          data(reasons));
    } else if (stored == 0 && skipped > 0) {
      String reason = "no pair is [room, message], two non-empty strings";
      reply.fail(JsonRpcErrorCode.INVALID_PARAMS, reason, data(List.of(reason)));
    } else {
      reply.succeed(Integer.toString(stored));
    }
  }

  private void gather(List<PublishParams.Pair> pairs, int messageLimitBytes) {
    Map<String, Segment> open = new HashMap<>();
    Map<String, Integer> parts = new HashMap<>();
    String room = null;
    Segment segment = null;
    for (PublishParams.Pair pair : pairs) {
      // Most calls have one room, or runs of the same: those need no second look-up.
      if (!pair.room().equals(room)) {
        room = pair.room();
        segment = open.get(room);
      }
      if (segment == null || segment.isFull()) {
        // The same call makes the same parts each time it comes.
        int part = number.isPresent() ? parts.merge(room, 1, Integer::sum) - 1 : 0;
        segment = begin(room, part);
        open.put(room, segment);
      }
      String message = pair.message();
      if (segment == null) {
        continue;
      }
      if (isTooLong(message, messageLimitBytes)) {
        refuseTooLong(message, messageLimitBytes);
      } else {
        segment.add(message);
        messages++;
      }
    }
    segments.removeIf(Segment::isEmpty);
    unfinished = messages;
  }

  /** Begins the segment of a room; null if that is no room's name. */
  private Segment begin(String room, int part) {
    try {
      Segment segment =
          new Segment(
              this,
              new RoomName(room),
              number.map(place -> new Sequence(place.producer(), place.sequence(), part)));
      segments.add(segment);
      return segment;
    } catch (SnapperException invalid) {
      refuse(invalid.getMessage());
      return null;
    }
  }

  private static boolean isTooLong(String message, int limitBytes) {
    // Up to 3 bytes for each UTF-16 unit: most messages need no counting.
    return message.length() > limitBytes / 3
        && (message.length() > limitBytes || ByteBufUtil.utf8Bytes(message) > limitBytes);
  }

  private void refuseTooLong(String message, int limitBytes) {
    int bytes = ByteBufUtil.utf8Bytes(message);
    refuse("message has " + bytes + " bytes of UTF-8; the limit is " + limitBytes);
  }

  private void refuse(String reason) {
    refused++;
    if (reasons.size() < MAX_REASONS) {
      reasons.add(reason);
    }
  }

  private String data(List<String> reasons) {
    return reasons.stream()
        .map(JsonText::quote)
        .collect(Collectors.joining(",", "{\"accepted\":" + stored + ",\"reasons\":[", "]}"));
  }
}
