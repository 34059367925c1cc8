package io.snapper.edge.producer;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.handler.codec.redis.FullBulkStringRedisMessage;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Writes the answers of one connection in the order of its frames, each when all before it are
 * written. What a frame holds is given back when its answer has left: a producer that never reads
 * its answers is not read any more either.
 */
final class AnswerQueue {
  private final Channel channel;
  private final LongConsumer release;
  private final ArrayDeque<Answer> answers = new ArrayDeque<>();
  private long framesAdded;
  private long framesAnswered;
  private boolean isOutputEnded;

  /**
   * A queue for a channel.
   *
   * @param release told how many held bytes are free again
   */
  AnswerQueue(Channel channel, LongConsumer release) {
    this.channel = channel;
    this.release = release;
  }

  void add(Answer answer) {
    answers.add(answer);
    framesAdded++;
  }

  /** How many frames have come. */
  long framesAdded() {
    return framesAdded;
  }

  /** How many frames have been answered, or needed no answer. */
  long framesAnswered() {
    return framesAnswered;
  }

  boolean isEmpty() {
    return answers.isEmpty();
  }

  /** From now on answers are dropped: the producer was told that no more come. */
  void endOutput() {
    isOutputEnded = true;
  }

  /** Writes what may be written. */
  void writeSettled() {
    boolean isWritten = false;
    while (!answers.isEmpty() && answers.peek().isSettled()) {
      Answer answer = answers.poll();
      framesAnswered++;
      Optional<String> text =
          isOutputEnded || !channel.isActive() ? Optional.empty() : answer.text();
      if (text.isPresent()) {
        write(text.get(), answer.heldBytes());
        isWritten = true;
      } else {
        release.accept(answer.heldBytes());
      }
    }
    if (isWritten) {
      channel.flush();
    }
  }

  private void write(String text, long heldBytes) {
    channel.write(frame(channel, text)).addListener(written -> release.accept(heldBytes));
  }

  /** Returns the frame that carries a text. */
  static FullBulkStringRedisMessage frame(Channel channel, String text) {
    return new FullBulkStringRedisMessage(ByteBufUtil.writeUtf8(channel.alloc(), text));
  }
}
