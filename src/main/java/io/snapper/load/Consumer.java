package io.snapper.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * One device: Engine.IO 3 over a WebSocket, acknowledging as snapper-consumer does, and checking
 * that each message of its rooms comes once and in order. Owned by its event loop.
 */
final class Consumer {
  private static final String UPGRADE =
      "GET /websocket/?EIO=3&transport=websocket&token=%s HTTP/1.1\r\nHost: %s:%d\r\n"
          + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
          + "Sec-WebSocket-Key: c25hcHBlciBsb2FkIHRvb2w=\r\n\r\n";
  private static final ByteBuffer PING = Frames.text(new byte[] {'2'});
  private static final byte[] NOTHING = new byte[0];

  /** How it answers what is delivered. */
  enum Answering {
    AT_ONCE,
    LATE,
    NEVER
  }

  private enum Phase {
    CLOSED,
    CONNECTING,
    UPGRADING,
    OPENING,
    OPEN
  }

  private final EventLoop loop;
  private final Tally tally;
  private final String token;
  private final int firstRoom;
  private final int roomCount;

  /** The sequence that comes next, for each of its rooms. */
  private final long[] next;

  private final Answering answering;
  private final ArrayDeque<ByteBuffer> unwritten = new ArrayDeque<>(0);
  private Phase phase = Phase.CLOSED;
  private SocketChannel channel;
  private SelectionKey key;
  private byte[] rest = NOTHING;
  private long startedNanos;
  private volatile String id;
  private String answeredId = "";

  /**
   * Creates a consumer that isn't connected.
   *
   * @param firstRoom the number of its first room; the others follow it
   * @param roomCount how many rooms there are in all
   * @param rooms in how many of them it is
   */
  Consumer(
      EventLoop loop, String token, int firstRoom, int roomCount, int rooms, Answering answering) {
    this.loop = loop;
    this.tally = loop.tally();
    this.token = token;
    this.firstRoom = firstRoom;
    this.roomCount = roomCount;
    this.next = new long[rooms];
    this.answering = answering;
  }

  /** Returns its consumerId, or null before it was connected; on any thread. */
  String id() {
    return id;
  }

  int roomAt(int slot) {
    return (firstRoom + slot) % roomCount;
  }

  int rooms() {
    return next.length;
  }

  /** Returns how many messages of a room have come; when nothing moves any more. */
  long received(int slot) {
    return next[slot];
  }

  boolean isSilent() {
    return answering == Answering.NEVER;
  }

  boolean isOpen() {
    return phase == Phase.OPEN;
  }

  void connect(URI server) {
    if (phase != Phase.CLOSED) {
      return;
    }
    startedNanos = System.nanoTime();
    try {
      channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      phase = Phase.CONNECTING;
      key = loop.register(channel, this);
      if (channel.connect(new InetSocketAddress(server.getHost(), server.getPort()))) {
        onConnectable();
      }
    } catch (IOException failure) {
      onBroken();
    }
  }

  void onConnectable() throws IOException {
    channel.finishConnect();
    InetSocketAddress server = (InetSocketAddress) channel.getRemoteAddress();
    key.interestOps(SelectionKey.OP_READ);
    phase = Phase.UPGRADING;
    String request = String.format(UPGRADE, token, server.getHostString(), server.getPort());
    write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
  }

  /** Reads what is there; {@code input} is the loop's buffer, empty. */
  void onReadable(ByteBuffer input) throws IOException {
    input.put(rest);
    int read = channel.read(input);
    if (read < 0) {
      onBroken();
      return;
    }
    byte[] bytes = input.array();
    int end = input.position();
    int at = 0;
    if (phase == Phase.UPGRADING) {
      at = upgrade(bytes, end);
    }
    if (phase == Phase.OPENING || phase == Phase.OPEN) {
      at = readFrames(bytes, at, end);
    }
    rest = at == end ? NOTHING : Arrays.copyOfRange(bytes, at, end);
  }

  private int upgrade(byte[] bytes, int end) {
    for (int index = 3; index < end; index++) {
      if (bytes[index] == '\n' && bytes[index - 2] == '\n') {
        if (bytes[9] != '1' || bytes[10] != '0' || bytes[11] != '1') {
          Tally.add(tally.refused, 1);
          loop.onRefusal(new String(bytes, 0, end, StandardCharsets.UTF_8));
          onBroken();
          return end;
        }
        phase = Phase.OPENING;
        return index + 1;
      }
    }
    return 0;
  }

  private int readFrames(byte[] bytes, int from, int end) throws IOException {
    int at = from;
    while (phase != Phase.CLOSED) {
      int head = Frames.headLength(bytes, at, end);
      if (head == 0) {
        break;
      }
      long length = Frames.payloadLength(bytes, at);
      if (end - at - head < length) {
        break;
      }
      if (Frames.isText(bytes, at)) {
        onPacket(bytes, at + head, (int) length);
      } else if (Frames.isClose(bytes, at)) {
        onBroken();
      }
      at += head + (int) length;
    }
    return phase == Phase.CLOSED ? end : at;
  }

  private void onPacket(byte[] bytes, int at, int length) throws IOException {
    if (phase == Phase.OPENING && bytes[at] == '0') {
      String text = new String(bytes, at, length, StandardCharsets.UTF_8);
      int start = text.indexOf("\"sid\":\"") + 7;
      id = text.substring(start, text.indexOf('"', start));
      phase = Phase.OPEN;
      Tally.add(tally.opened, 1);
      Tally.add(tally.live, 1);
      tally.onHandshake(System.nanoTime() - startedNanos);
      loop.onOpen(this);
      return;
    }
    Delivery delivery = loop.deliveries().read(bytes, at, length);
    if (delivery != null) {
      onDelivery(delivery);
    } else if (bytes[at] == '4') {
      if (new String(bytes, at, length, StandardCharsets.UTF_8).contains("\"method\":\"gap\"")) {
        Tally.add(tally.gapNotices, 1);
      }
    }
  }

  private void onDelivery(Delivery delivery) throws IOException {
    if (isSilent()) {
      Tally.add(tally.unanswered, 1);
      return;
    }
    if (!isAnswered(delivery)) {
      check(delivery);
    }
    if (answering == Answering.LATE) {
      loop.acknowledgeLater(this, delivery);
    } else {
      acknowledge(delivery);
    }
  }

  /**
   * As snapper-consumer does it: what has the id that was answered last is answered again, only.
   */
  private boolean isAnswered(Delivery delivery) {
    return answeredId.equals(delivery.id());
  }

  private void check(Delivery delivery) {
    answeredId = delivery.id();
    long now = System.nanoTime();
    int count = delivery.count();
    for (int index = 0; index < count; index++) {
      int slot = Math.floorMod(delivery.rooms()[index] - firstRoom, roomCount);
      long sequence = delivery.sequences()[index];
      long expected = next[slot];
      if (sequence == expected) {
        next[slot] = sequence + 1;
      } else if (sequence < expected) {
        Tally.add(tally.repeated, 1);
        continue;
      } else {
        Tally.add(tally.skipped, sequence - expected);
        next[slot] = sequence + 1;
      }
      tally.onLatency(now - delivery.dueNanos()[index]);
    }
    Tally.add(tally.deliveries, count);
    Tally.add(tally.frames, 1);
  }

  void acknowledge(Delivery delivery) throws IOException {
    if (phase == Phase.OPEN) {
      write(delivery.acknowledgement().duplicate());
    }
  }

  void ping() throws IOException {
    if (phase == Phase.OPEN) {
      write(PING.duplicate());
    }
  }

  private void write(ByteBuffer bytes) throws IOException {
    if (unwritten.isEmpty()) {
      channel.write(bytes);
    }
    if (bytes.hasRemaining()) {
      unwritten.add(bytes);
      key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }
  }

  void onWritable() throws IOException {
    while (!unwritten.isEmpty()) {
      channel.write(unwritten.peek());
      if (unwritten.peek().hasRemaining()) {
        return;
      }
      unwritten.poll();
    }
    key.interestOps(SelectionKey.OP_READ);
  }

  /** Closes without a word, as a device does that loses its network. */
  void cut() {
    close();
  }

  /** The connection has ended without our asking. */
  void onBroken() {
    if (phase != Phase.CLOSED) {
      Tally.add(tally.broken, 1);
      close();
      loop.onBroken(this);
    }
  }

  private void close() {
    if (phase == Phase.OPEN) {
      Tally.add(tally.live, -1);
    }
    phase = Phase.CLOSED;
    rest = NOTHING;
    unwritten.clear();
    try {
      channel.close();
    } catch (IOException ignored) {
      // There is nothing left to lose.
    }
  }
}
