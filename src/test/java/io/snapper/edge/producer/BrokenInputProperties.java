package io.snapper.edge.producer;

import static io.snapper.edge.producer.EmbeddedProducer.notification;
import static io.snapper.edge.producer.EmbeddedProducer.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class BrokenInputProperties {
  @Property(tries = 2000)
  void shouldNeitherFailNorLeakOnAnyBytes(@ForAll byte[] bytes, @ForAll boolean isAuthenticated) {
    feed(isAuthenticated, List.of(bytes));
  }

  @Property(tries = 2000)
  void shouldNeitherFailNorLeakOnNearlyRightBytes(@ForAll("pieces") List<String> pieces) {
    feed(true, pieces.stream().map(piece -> piece.getBytes(StandardCharsets.UTF_8)).toList());
  }

  @Property(tries = 500)
  void shouldReadTheSameHoweverTheBytesAreCut(@ForAll("cuts") List<Integer> cuts) {
    String text = frames();
    RecordingBroker broker = new RecordingBroker();
    EmbeddedProducer producer = EmbeddedProducer.of(broker);

    int from = 0;
    for (int cut : cuts) {
      int to = Math.min(text.length(), from + cut);
      producer.sendBytes(text.substring(from, to));
      from = to;
    }
    producer.sendBytes(text.substring(from));

    assertThat(broker.stored("a")).containsExactly("1", "2", "3");
    assertThat(producer.answers()).hasSize(2);
    assertThat(producer.isOpen()).isTrue();
    producer.channel().finishAndReleaseAll();
  }

  @Provide
  Arbitrary<List<String>> pieces() {
    return Arbitraries.of(
            "$",
            "1",
            "9",
            "-",
            "\r\n",
            "\n",
            "*",
            "+",
            ":",
            "{",
            "}",
            "[",
            "]",
            "\"",
            ",",
            "5",
            "null",
            "\u0000",
            "é",
            "\"jsonrpc\":\"2.0\"",
            "\"id\":1",
            "\"method\":\"publish\"",
            "\"params\":[\"a\",\"b\"]",
            frames(),
            "$2\r\n[]\r\n",
            "$0\r\n\r\n",
            "$536870912\r\n")
        .list()
        .ofMaxSize(20);
  }

  @Provide
  Arbitrary<List<Integer>> cuts() {
    return Arbitraries.integers().between(0, 40).list().ofMaxSize(40);
  }

  private static String frames() {
    StringBuilder all = new StringBuilder();
    for (String text :
        List.of(
            notification("publish", "[[\"a\",\"1\"]]"),
            request(1, "publish", "[\"a\",\"2\"]"),
            notification("publish", "[[\"a\",\"3\"]]"),
            request(2, "echo", "[]"))) {
      all.append(new String(EmbeddedProducer.frame(text), StandardCharsets.UTF_8));
    }
    return all.toString();
  }

  private static void feed(boolean isAuthenticated, List<byte[]> pieces) {
    RecordingBroker broker = new RecordingBroker();
    EmbeddedProducer producer =
        isAuthenticated ? EmbeddedProducer.of(broker) : EmbeddedProducer.unauthenticated(broker);
    List<ByteBuf> buffers = new ArrayList<>();

    for (byte[] piece : pieces) {
      if (producer.isOpen() && piece.length > 0) {
        ByteBuf buffer = Unpooled.wrappedBuffer(piece);
        buffers.add(buffer);
        producer.channel().writeInbound(buffer);
      }
    }

    producer.answers();
    producer.channel().checkException();
    producer.channel().finishAndReleaseAll();
    assertThat(buffers).allSatisfy(buffer -> assertThat(buffer.refCnt()).isZero());
    assertThat(producer.edge().connections().producerCount()).isZero();
  }
}
