package io.snapper.load;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/**
 * A producer over TCP: JSON-RPC 2.0 in RESP bulk strings. Its answers are read by its own thread.
 */
final class TcpProducer implements Producer {
  /** So many that the broker's own limits hold the producer back long before. */
  private static final int MOST_UNANSWERED = 1024;

  private static final int BUFFER_BYTES = 1 << 16;

  private final IntFunction<String> roomNames;
  private final int messageSize;
  private final Socket socket;
  private final OutputStream output;
  private final Semaphore unanswered = new Semaphore(MOST_UNANSWERED);
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final StringBuilder pairs = new StringBuilder();
  private int size;
  private long nextId = 1;
  private volatile boolean isClosed;
  private volatile String fault;

  /**
   * Connects and authenticates.
   *
   * @param roomNames the name of each room's number
   */
  TcpProducer(URI server, String token, IntFunction<String> roomNames, int messageSize)
      throws IOException {
    this.roomNames = roomNames;
    this.messageSize = messageSize;
    this.socket = new Socket(server.getHost(), server.getPort());
    socket.setTcpNoDelay(true);
    this.output = socket.getOutputStream();
    DataInputStream input =
        new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES));
    write("{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"auth\",\"params\":[\"" + token + "\"]}");
    String answer = read(input);
    if (!answer.contains("\"OK\"")) {
      throw new IOException("the broker refuses the producer: " + answer);
    }
    Thread reader = new Thread(() -> readAnswers(input), "answers");
    reader.setDaemon(true);
    reader.start();
  }

  @Override
  public void add(int room, long sequence, long dueNanos) {
    pairs.append(size++ == 0 ? "[\"" : ",[\"").append(roomNames.apply(room)).append("\",\"");
    MessageText.append(pairs, room, sequence, dueNanos, messageSize);
    pairs.append("\"]");
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void send() throws InterruptedException {
    request("publish", pairs);
    pairs.setLength(0);
    size = 0;
  }

  /** Puts a consumer into a room. */
  void subscribe(int room, String consumerId) throws InterruptedException {
    request("subscribe", "\"" + roomNames.apply(room) + "\",\"" + consumerId + "\"");
  }

  /** Waits until every request is answered. */
  void awaitAnswers() throws InterruptedException {
    unanswered.acquire(MOST_UNANSWERED);
    unanswered.release(MOST_UNANSWERED);
  }

  private void request(String method, CharSequence params) throws InterruptedException {
    unanswered.acquire();
    try {
      write(
          "{\"jsonrpc\":\"2.0\",\"id\":"
              + nextId++
              + ",\"method\":\""
              + method
              + "\",\"params\":["
              + params
              + "]}");
    } catch (IOException broken) {
      throw new IllegalStateException("the producer's connection broke", broken);
    }
  }

  private void write(String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    byte[] head = ("$" + body.length + "\r\n").getBytes(StandardCharsets.US_ASCII);
    byte[] frame = new byte[head.length + body.length + 2];
    System.arraycopy(head, 0, frame, 0, head.length);
    System.arraycopy(body, 0, frame, head.length, body.length);
    frame[frame.length - 2] = '\r';
    frame[frame.length - 1] = '\n';
    output.write(frame);
  }

  private void readAnswers(DataInputStream input) {
    try {
      while (true) {
        String answer = read(input);
        int result = answer.indexOf("\"result\":");
        if (result < 0) {
          refused.incrementAndGet();
          fault = answer;
        } else {
          accepted.addAndGet(Long.parseLong(digits(answer, result + 9)));
        }
        unanswered.release();
      }
    } catch (IOException ended) {
      if (!isClosed) {
        fault = "the connection ended: " + ended;
        unanswered.release(MOST_UNANSWERED);
      }
    }
  }

  private static String digits(String text, int from) {
    int end = from;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    return end == from ? "0" : text.substring(from, end);
  }

  private static String read(DataInputStream input) throws IOException {
    int length = 0;
    int next = input.readByte();
    if (next != '$') {
      throw new IOException("a frame begins with " + next);
    }
    while ((next = input.readByte()) != '\r') {
      length = 10 * length + next - '0';
    }
    input.readByte();
    byte[] body = new byte[length];
    input.readFully(body);
    input.readShort();
    return new String(body, StandardCharsets.UTF_8);
  }

  @Override
  public long accepted() {
    return accepted.get();
  }

  @Override
  public long refused() {
    return refused.get();
  }

  /** Returns the last refusal or the end of the connection, in words; null if all went well. */
  String fault() {
    return fault;
  }

  @Override
  public void close() {
    isClosed = true;
    try {
      socket.close();
    } catch (IOException ignored) {
      // It is gone either way.
    }
  }
}
