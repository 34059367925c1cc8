package io.snapper.bench;

import java.util.List;
import java.util.stream.IntStream;

/** What messages are like in the micro-benchmarks: 128 characters each. */
public enum SampleText {
  /** Letters and digits, as those of the load tool. */
  LETTERS("17|4711|%08d|", "x", ""),
  /** A JSON object, whose quotes are escaped on the way to a consumer. */
  JSON("{\"type\":\"task\",\"id\":%d,\"by\":\"55a07f2dee06c78e1357b0ad\",\"text\":\"", "x", "\"}"),
  /** The same with characters that need two bytes in a Java string and three in UTF-8. */
  CHINESE_JSON(
      "{\"type\":\"task\",\"id\":%d,\"by\":\"55a07f2dee06c78e1357b0ad\",\"text\":\"", "任", "\"}");

  private static final int CHARACTERS = 128;

  private final String head;
  private final String filling;
  private final String end;

  SampleText(String head, String filling, String end) {
    this.head = head;
    this.filling = filling;
    this.end = end;
  }

  /** Returns a message; each number has its own. */
  public String message(int number) {
    String begin = String.format(head, number);
    return begin + filling.repeat(CHARACTERS - begin.length() - end.length()) + end;
  }

  /** Returns different messages. */
  public List<String> messages(int count) {
    return IntStream.range(0, count).mapToObj(this::message).toList();
  }
}
