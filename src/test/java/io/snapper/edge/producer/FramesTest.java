package io.snapper.edge.producer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.redis.FixedRedisMessagePool;
import io.netty.handler.codec.redis.RedisDecoder;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {
  private static final int LIMIT = 100;

  private final FrameAssembler assembler = new FrameAssembler(LIMIT);
  private final FrameGuard guard = new FrameGuard(assembler, Duration.ofSeconds(30));
  private final EmbeddedChannel channel =
      new EmbeddedChannel(guard, new RedisDecoder(32, FixedRedisMessagePool.INSTANCE), assembler);

  @AfterEach
  void end() {
    channel.finishAndReleaseAll();
  }

  @Test
  void shouldReadFramesThatComeTogether() {
    send("$2\r\nab\r\n$0\r\n\r\n$3\r\nc\r\n\r\n");

    assertThat(next()).isEqualTo("ab");
    assertThat(next()).isEmpty();
    assertThat(next()).isEqualTo("c\r\n");
    assertThat(next()).isNull();
  }

  @Test
  void shouldReadFramesThatComeByteByByte() {
    for (char character : "$2\r\nab\r\n$12\r\nhello, world\r\n".toCharArray()) {
      send(String.valueOf(character));
    }

    assertThat(next()).isEqualTo("ab");
    assertThat(next()).isEqualTo("hello, world");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$-1\r\n",
        "*1\r\n$1\r\na\r\n",
        "+OK\r\n",
        "-ERR x\r\n",
        ":1\r\n",
        "PING\r\n",
        "$-2\r\n",
        "$x\r\n",
        "$\r\n",
        "$1\r\nabc\r\n",
        "$2\nab\r\n",
        "\r\n\r\n",
        "$99999999999999999999\r\n",
        "$536870913\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
      })
  void shouldRefuseWhatIsNoBulkStringAndReadNothingMore(String broken) {
    assertThatThrownBy(() -> send(broken)).isInstanceOf(RuntimeException.class);

    assertThat(assembler.isBroken()).isTrue();
    sendIgnoringFaults("$2\r\nab\r\n");
    assertThat(next()).isNull();
  }

  @Test
  void shouldStillReadTheFramesBeforeABrokenOne() {
    assertThatThrownBy(() -> send("$2\r\nab\r\n*1\r\n$2\r\ncd\r\n"))
        .isInstanceOf(BrokenFrameException.class);

    assertThat(next()).isEqualTo("ab");
    assertThat(next()).isNull();
  }

  @Test
  void shouldNameTheLengthAndTheLimitOfAFrameThatIsTooLong() {
    send("$100\r\n");

    assertThat(assembler.isBroken()).isFalse();
    assertThatThrownBy(() -> send("x".repeat(100) + "\r\n$101\r\n"))
        .isInstanceOf(BrokenFrameException.class)
        .hasMessage("a frame of 101 bytes; the limit is 100");
  }

  @Test
  void shouldRefuseAHeadThatDoesNotEnd() {
    assertThatThrownBy(
            () -> {
              for (int piece = 0; piece < 10; piece++) {
                send("$" + "1".repeat(7));
              }
            })
        .isInstanceOf(DecoderException.class);
  }

  @Test
  void shouldNotAllocateForALengthOverTheLimit() {
    assembler.setLimitBytes(16 * 1024 * 1024);
    PooledByteBufAllocator pool = new PooledByteBufAllocator(true);
    channel.config().setAllocator(pool);
    sendIgnoringFaults("$1\r\nx\r\n");
    byte[] head = "$536870912\r\n".getBytes(UTF_8);

    long before = allocatedBytes();
    assertThatThrownBy(() -> channel.writeInbound(Unpooled.wrappedBuffer(head)))
        .isInstanceOf(BrokenFrameException.class);
    long allocated = allocatedBytes() - before;

    assertThat(allocated).isLessThan(256 * 1024);
    assertThat(pool.metric().usedDirectMemory()).isZero();
    assertThat(pool.metric().usedHeapMemory()).isZero();
  }

  @Test
  void shouldReserveNoMoreThanTwiceWhatHasCome() {
    assembler.setLimitBytes(16 * 1024 * 1024);

    send("$16000000\r\n");
    assertThat(assembler.reservedBytes()).isZero();

    String piece = "x".repeat(10_000);
    for (int sent = piece.length(); sent <= 16_000_000; sent += piece.length()) {
      send(piece);
      assertThat(assembler.reservedBytes()).isLessThanOrEqualTo(2 * sent);
    }
    send("\r\n");
    assertThat(next()).hasSize(16_000_000);
    assertThat(assembler.reservedBytes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"$", "$1", "$12\r", "$12\r\n", "$12\r\nhello", "$2\r\nab", "$2\r\nab\r"})
  void shouldRefuseAFrameThatDoesNotEndInTime(String half) {
    channel.freezeTime();
    send("$2\r\nab\r\n" + half);

    passSeconds(29);
    assertThat(assembler.isBroken()).isFalse();

    assertThatThrownBy(() -> passSeconds(1))
        .isInstanceOf(BrokenFrameException.class)
        .hasMessage("a frame that did not end within PT30S");
  }

  @Test
  void shouldWaitForeverBetweenFrames() {
    channel.freezeTime();
    send("$2\r\nab\r\n");

    passSeconds(1_000_000);

    assertThat(assembler.isBroken()).isFalse();
    send("$2\r\ncd\r\n");
    assertThat(next()).isEqualTo("ab");
    assertThat(next()).isEqualTo("cd");
  }

  @Test
  void shouldGiveEachFrameItsOwnTime() {
    channel.freezeTime();
    send("$2\r\na");
    for (int frame = 0; frame < 10; frame++) {
      passSeconds(20);
      send("b\r\n$2\r\na");
    }

    assertThat(assembler.isBroken()).isFalse();
    assertThat(channel.inboundMessages()).hasSize(10);
  }

  @Test
  void shouldNotCountTheTimeInWhichReadingIsPaused() {
    channel.freezeTime();
    send("$2\r\na");
    channel.config().setAutoRead(false);
    passSeconds(100);

    channel.config().setAutoRead(true);
    guard.onReadingResumed();
    passSeconds(29);
    send("b\r\n");

    assertThat(next()).isEqualTo("ab");
    passSeconds(100);
    assertThat(assembler.isBroken()).isFalse();
  }

  private void send(String bytes) {
    channel.writeInbound(Unpooled.copiedBuffer(bytes, UTF_8));
  }

  private void sendIgnoringFaults(String bytes) {
    try {
      send(bytes);
    } catch (RuntimeException expected) {
      // What the decoder says after a broken frame is of no interest.
    }
    channel.releaseInbound();
  }

  private String next() {
    byte[] frame = channel.readInbound();
    return frame == null ? null : new String(frame, UTF_8);
  }

  private void passSeconds(int seconds) {
    channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
    channel.runPendingTasks();
    channel.checkException();
  }

  private static long allocatedBytes() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
