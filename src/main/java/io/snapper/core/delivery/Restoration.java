package io.snapper.core.delivery;

import io.snapper.core.error.SnapperException;
import io.snapper.core.message.Message;
import io.snapper.core.message.Position;
import io.snapper.core.store.BatchExtent;
import io.snapper.core.store.BatchExtent.Segment;
import io.snapper.core.store.LogPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/**
 * Makes the batch that was in flight when a consumer's connection ended again, from the logs: the
 * same id, the same messages. Lives on the lane, for one opening.
 *
 * <p>If a log has lost its end since, messages of the batch may be gone, or others be in their
 * place. What is left goes out as a batch of its own, under the epoch that the consumer knows: it
 * may have had them. If the beginning was trimmed, or the log began anew, there is nothing to be
 * sent again.
 */
final class Restoration {
  private final LaneContext context;
  private final LaneSession session;
  private final BatchExtent extent;
  private final BiConsumer<Optional<Batch>, SnapperException> restored;

  /** A part of the batch: how it was sent, what of it is still there, and the messages. */
  private record Part(Segment sent, Segment left, LogPage page) {
    boolean isWhole() {
      return left.to() == sent.to();
    }

    boolean isThere() {
      return page.state().epoch().equals(left.epoch())
          && page.firstRetained() <= left.from()
          && page.messages().size() == left.to() - left.from() + 1
          && !isReplaced();
    }

    /** Returns whether the log has lost the end of it, and perhaps others in its place. */
    boolean isReplaced() {
      if (left.to() < left.from() || page.messages().isEmpty()) {
        return page.state().top() < left.to();
      }
      Message last = page.messages().get(page.messages().size() - 1);
      boolean isOther =
          last.offset() == left.to()
              && left.toTimeMs() != 0
              && last.publishedAtMs() != left.toTimeMs();
      return isOther || page.state().top() < left.to();
    }
  }

  Restoration(
      LaneContext context,
      LaneSession session,
      BatchExtent extent,
      BiConsumer<Optional<Batch>, SnapperException> restored) {
    this.context = context;
    this.session = session;
    this.extent = extent;
    this.restored = restored;
  }

  /** Calls {@code restored}, unless the session ends before. */
  void start() {
    List<CompletableFuture<Optional<Position>>> ends = new ArrayList<>();
    for (Segment segment : extent.segments()) {
      CompletableFuture<Optional<Position>> end = new CompletableFuture<>();
      ends.add(end);
      Member member = session.members.get(segment.room());
      if (member == null || !member.room.isKnown()) {
        // It has left the room, and perhaps come again; the messages are due all the same.
        end.complete(Optional.of(segment.end()));
      } else {
        member.room.locate(segment.end(), end::complete);
      }
    }
    context.whenDone(
        CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)),
        (ignored, failure) -> read(ends.stream().map(CompletableFuture::join).toList()));
  }

  private void startAgain() {
    if (!session.hasEnded()) {
      start();
    }
  }

  private void read(List<Optional<Position>> ends) {
    if (session.hasEnded()) {
      return;
    }
    if (ends.stream().anyMatch(Optional::isEmpty)) {
      restored.accept(Optional.empty(), null);
      return;
    }
    List<CompletableFuture<Part>> parts = new ArrayList<>();
    for (int index = 0; index < ends.size(); index++) {
      Segment sent = extent.segments().get(index);
      Position end = ends.get(index).get();
      Segment left = new Segment(sent.room(), end.epoch(), sent.from(), end.offset(), end.timeMs());
      int count = (int) Math.max(1, left.to() - left.from() + 1);
      parts.add(
          context
              .roomLog()
              .read(left.room(), left.from() - 1, count, Long.MAX_VALUE)
              .thenApply(page -> new Part(sent, left, page))
              .toCompletableFuture());
    }
    context.whenDone(
        CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new)),
        (ignored, failure) -> {
          if (session.hasEnded()) {
            return;
          }
          if (failure != null) {
            restored.accept(Optional.empty(), failure);
          } else {
            onParts(parts.stream().map(CompletableFuture::join).toList());
          }
        });
  }

  private void onParts(List<Part> parts) {
    for (Part part : parts) {
      Member member = session.members.get(part.sent().room());
      boolean isOutdated =
          member != null
              && (!part.page().state().epoch().equals(part.left().epoch()) || part.isReplaced());
      if (isOutdated) {
        // The room doesn't know yet, and would say the same again.
        member.room.askAndThen(this::startAgain);
        return;
      }
    }
    parts.forEach(this::tellReplaced);
    List<Segment> named = new ArrayList<>();
    List<Segment> segments = new ArrayList<>();
    List<Message> messages = new ArrayList<>();
    for (Part part : parts) {
      Segment left = part.left();
      if (left.to() < left.from()) {
        continue;
      }
      if (!part.isThere()) {
        restored.accept(Optional.empty(), null);
        return;
      }
      named.add(new Segment(left.room(), part.sent().epoch(), left.from(), left.to()));
      segments.add(left);
      messages.addAll(part.page().messages());
    }
    if (segments.isEmpty()) {
      restored.accept(Optional.empty(), null);
      return;
    }
    segments.forEach(this::markSent);
    boolean isWhole = parts.stream().allMatch(Part::isWhole);
    String id = isWhole ? extent.id() : Batches.idOf(named);
    restored.accept(Optional.of(new Batch(new BatchExtent(id, segments), messages)), null);
  }

  /** The consumer may have had what is gone. */
  private void tellReplaced(Part part) {
    Member member = session.members.get(part.sent().room());
    if (member != null && !part.isWhole()) {
      long from = Math.max(part.left().to() + 1, part.sent().from());
      member.room.notifyGap(member, from, part.sent().to());
    }
  }

  private void markSent(Segment segment) {
    Member member = session.members.get(segment.room());
    if (member != null && segment.epoch().equals(member.epoch) && segment.to() > member.sent) {
      if (member.isDurable && segment.from() > member.sent + 1) {
        // A gap that it was told of just before the batch, and may not have heard of. A room whose
        // place is not kept begins at the end that this node knows, which may be an old one.
        member.room.notifyGap(member, member.sent + 1, segment.from() - 1);
      }
      member.sent = segment.to();
      member.sentTimeMs = segment.toTimeMs();
    }
  }
}
