package io.snapper.edge.producer;

import static io.snapper.edge.producer.EmbeddedProducer.notification;
import static io.snapper.edge.producer.EmbeddedProducer.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.WriteBufferWaterMark;
import io.snapper.core.error.ErrorCode;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackPressureTest {
  private static final String MESSAGE = "m".repeat(900);

  private final RecordingBroker broker = new RecordingBroker();
  private final EmbeddedProducer producer = EmbeddedProducer.of(broker);

  @Test
  void shouldNotReadBeyondTheLimitUntilHalfOfItIsStored() {
    broker.answerLater();
    for (int room = 0; producer.isRead(); room++) {
      publish("room-" + room);
    }
    int accepted = broker.underWay();
    assertThat(accepted).isBetween(8, 10);

    for (int stored = 0; !producer.isRead(); stored++) {
      assertThat(stored).isLessThan(accepted);
      broker.answerNext();
    }

    assertThat(broker.underWay()).isBetween(3, 5);
  }

  @Test
  void shouldCountFramesUntilTheyAreStoredNotUntilTheyAreSent() {
    broker.answerLater();

    for (int frame = 0; frame < 20; frame++) {
      publish("room");
    }

    assertThat(producer.isRead()).isFalse();
    broker.answerAll();
    assertThat(producer.isRead()).isTrue();
    assertThat(broker.stored("room")).hasSize(20);
  }

  @Test
  void shouldNotReadAProducerThatDoesNotReadItsAnswers() {
    producer.channel().config().setWriteBufferWaterMark(new WriteBufferWaterMark(1000, 2000));

    producer.channel().unsafe().outboundBuffer().setUserDefinedWritability(1, false);
    producer.channel().runPendingTasks();
    assertThat(producer.isRead()).isFalse();

    producer.channel().unsafe().outboundBuffer().setUserDefinedWritability(1, true);
    producer.channel().runPendingTasks();
    assertThat(producer.isRead()).isTrue();
  }

  @Test
  void shouldKeepWhatTheBrokerRefusesAndOfferItAgainInOrder() {
    broker.failWith(ErrorCode.OVERLOADED);
    producer.send(
        notification("publish", "[[\"a\",\"1\"],[\"b\",\"2\"]]"),
        request(1, "publish", "[[\"a\",\"3\"]]"));
    assertThat(producer.isRead()).isFalse();

    producer.passTime(Duration.ofSeconds(10));
    assertThat(producer.isRead()).isFalse();
    assertThat(producer.answers()).isEmpty();
    broker.failWith((ErrorCode) null);
    producer.passTime(Duration.ofSeconds(1));

    assertThat(broker.stored("a")).containsExactly("1", "3");
    assertThat(broker.stored("b")).containsExactly("2");
    assertThat(producer.answers()).containsExactly(EmbeddedProducer.success(1, "1"));
    assertThat(producer.isRead()).isTrue();
  }

  @Test
  void shouldOfferAgainWithGrowingPauses() {
    broker.failWith(ErrorCode.OVERLOADED);
    publish("a");

    IntStream.range(0, 600).forEach(step -> producer.passTime(Duration.ofMillis(100)));

    assertThat(broker.calls().size()).isBetween(50, 70);
  }

  @Test
  void shouldNotReadANewConnectionWhileOthersHoldWhatTheBrokerRefuses() {
    broker.failWith(ErrorCode.OVERLOADED);
    publish("a");

    EmbeddedProducer newcomer = EmbeddedProducer.of(producer.edge());
    newcomer.passTime(Duration.ofSeconds(5));
    assertThat(newcomer.isRead()).isFalse();

    broker.failWith((ErrorCode) null);
    producer.passTime(Duration.ofSeconds(2));
    newcomer.passTime(Duration.ofSeconds(2));

    assertThat(broker.stored("a")).containsExactly(MESSAGE);
    assertThat(newcomer.isRead()).isTrue();
  }

  private void publish(String room) {
    producer.send(notification("publish", "[[\"" + room + "\",\"" + MESSAGE + "\"]]"));
  }
}
