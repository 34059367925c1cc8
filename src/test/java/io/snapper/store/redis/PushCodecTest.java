package io.snapper.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.Position;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.Push;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What the scripts push. */
class PushCodecTest {
  @Example
  void shouldReadMessages() {
    PushCodec.Numbered read =
        decode("17\tM\tröom\te1\t1690000000000\t41\t1700000000000\t2,0,3\né\n\t ");

    assertThat(read.firstSequence()).isEqualTo(17);
    Push.RoomMessages messages = (Push.RoomMessages) read.pushes().get(0);
    assertThat(messages.room()).isEqualTo(new RoomName("röom"));
    assertThat(messages.epoch()).isEqualTo("e1");
    assertThat(messages.previousTimeMs()).isEqualTo(1_690_000_000_000L);
    assertThat(messages.messages())
        .extracting(message -> message.offset() + "=" + message.payload())
        .containsExactly("41=é", "42=", "43=\n\t ");
    assertThat(messages.messages())
        .allMatch(message -> message.publishedAtMs() == 1_700_000_000_000L);
  }

  @Example
  void shouldReadWhatIsForOneConsumer() {
    ConsumerId consumer = new ConsumerId("w.c d");
    RoomName room = new RoomName("r");

    assertThat(decode("1\tJ\tw.c d\tr\te:4\t7").pushes())
        .containsExactly(new Push.Joined(consumer, room, new Position("e", 4), 7));
    assertThat(decode("1\tL\tw.c d\tr\te:4\t7").pushes())
        .containsExactly(new Push.Left(consumer, room, new Position("e", 4), 7));
    assertThat(decode("1\tE\tw.c d\t1700000000001\tn-1").pushes())
        .containsExactly(new Push.Evicted(consumer, 1_700_000_000_001L, new NodeId("n-1")));
    assertThat(decode("1\tH\tw.c d\t3").pushes()).containsExactly(new Push.HandedOver(consumer, 3));
    assertThat(decode("1\tO\tw.c d\t3").pushes()).containsExactly(new Push.Orphaned(consumer, 3));
    assertThat(decode("1\tC\tw.c d").pushes()).containsExactly(new Push.CloseRequested(consumer));
  }

  @Example
  void shouldReadSeveralInTheirOrder() {
    PushCodec.Numbered read =
        decode("9\tP\t17,5,15\nM\ta\te\t0\t1\t5\t3\nx\nyC\tw.cM\tb\tf\t0\t1\t5\t1\n\n");

    assertThat(read.firstSequence()).isEqualTo(9);
    assertThat(read.pushes()).hasSize(3).contains(new Push.CloseRequested(new ConsumerId("w.c")));
    assertThat(payloads(read.pushes().get(0))).containsExactly("a 1=x\ny");
    assertThat(payloads(read.pushes().get(2))).containsExactly("b 1=\n");
  }

  private static List<String> payloads(Push push) {
    Push.RoomMessages messages = (Push.RoomMessages) push;
    return messages.messages().stream()
        .map(message -> messages.room() + " " + message.offset() + "=" + message.payload())
        .toList();
  }

  @Property
  void shouldRefuseWhatIsNoPush(@ForAll byte[] bytes) {
    // Random bytes don't make a number, a tab and a known kind.
    assertThatThrownBy(() -> PushCodec.decode(bytes)).isInstanceOf(IllegalArgumentException.class);
  }

  @Example
  void shouldRefuseLengthsThatDoNotFit() {
    assertThatThrownBy(() -> decode("1\tM\tr\te\t0\t1\t1\t5\nabc"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> decode("1\tP\t6\nC\tw.c"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static PushCodec.Numbered decode(String text) {
    return PushCodec.decode(text.getBytes(StandardCharsets.UTF_8));
  }
}
