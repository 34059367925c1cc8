package io.snapper.core.delivery;

import io.snapper.core.message.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;

/**
 * The most recent messages of a room, without a hole, bounded in number and size. Lets members that
 * are a little behind read from memory. Owned by a lane.
 */
final class MessageTail {
  private final int maxMessages;
  private final long maxCharacters;
  private final ArrayDeque<Message> messages = new ArrayDeque<>(4);
  private long characters;
  private long timeBeforeMs;

  MessageTail(int maxMessages, long maxCharacters) {
    this.maxMessages = maxMessages;
    this.maxCharacters = maxCharacters;
  }

  int size() {
    return messages.size();
  }

  long characters() {
    return characters;
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }

  /**
   * Adds the next message; the oldest ones go if the bounds are passed, the newest always stays.
   *
   * @param previousTimeMs when the message before it was stored, 0 if that isn't known
   */
  void append(Message message, long previousTimeMs) {
    if (messages.isEmpty()) {
      timeBeforeMs = previousTimeMs;
    }
    messages.addLast(message);
    characters += message.payload().length();
    while (messages.size() > 1 && (messages.size() > maxMessages || characters > maxCharacters)) {
      Message oldest = messages.removeFirst();
      characters -= oldest.payload().length();
      timeBeforeMs = oldest.publishedAtMs();
    }
  }

  void clear() {
    messages.clear();
    characters = 0;
  }

  /** Returns when a message was stored that is here or just before, if that is known. */
  OptionalLong timeAt(long offset) {
    if (!reachesBackTo(offset) || offset > messages.peekLast().offset()) {
      return OptionalLong.empty();
    }
    if (offset < messages.peekFirst().offset()) {
      return timeBeforeMs == 0 ? OptionalLong.empty() : OptionalLong.of(timeBeforeMs);
    }
    Iterator<Message> backwards = messages.descendingIterator();
    Message message = backwards.next();
    while (message.offset() > offset) {
      message = backwards.next();
    }
    return OptionalLong.of(message.publishedAtMs());
  }

  /** Returns whether the message after {@code offset} is here. */
  boolean reachesBackTo(long offset) {
    return !messages.isEmpty() && messages.peekFirst().offset() <= offset + 1;
  }

  /**
   * Returns the messages after {@code offset}, up to both limits but at least one.
   *
   * @param offset a place that the tail reaches back to and that isn't its end
   */
  List<Message> after(long offset, int atMost, long atMostCharacters) {
    long count = Math.min(atMost, messages.peekLast().offset() - offset);
    List<Message> taken = new ArrayList<>((int) count);
    long size = 0;
    Iterator<Message> iterator = iteratorAfter(offset);
    while (taken.size() < count && (taken.isEmpty() || size < atMostCharacters)) {
      Message message = iterator.next();
      size += message.payload().length();
      if (!taken.isEmpty() && size > atMostCharacters) {
        break;
      }
      taken.add(message);
    }
    return taken;
  }

  /** Members are mostly near the end: walk from there if that is shorter. */
  private Iterator<Message> iteratorAfter(long offset) {
    long skip = offset + 1 - messages.peekFirst().offset();
    long remaining = messages.size() - skip;
    if (remaining < skip) {
      return lastOf((int) remaining).iterator();
    }
    Iterator<Message> iterator = messages.iterator();
    for (long index = 0; index < skip; index++) {
      iterator.next();
    }
    return iterator;
  }

  private List<Message> lastOf(int count) {
    Message[] last = new Message[count];
    Iterator<Message> backwards = messages.descendingIterator();
    for (int index = count - 1; index >= 0; index--) {
      last[index] = backwards.next();
    }
    return List.of(last);
  }
}
