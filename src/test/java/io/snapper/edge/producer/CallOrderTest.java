package io.snapper.edge.producer;

import static io.snapper.edge.producer.EmbeddedProducer.notification;
import static io.snapper.edge.producer.EmbeddedProducer.request;
import static io.snapper.edge.producer.EmbeddedProducer.success;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallOrderTest {
  private final RecordingBroker broker = new RecordingBroker();
  private final EmbeddedProducer producer = EmbeddedProducer.of(broker);

  @BeforeEach
  void answerLater() {
    broker.answerLater();
  }

  @Test
  void shouldPublishToDifferentRoomsTogether() {
    producer.send(publish("a", "1"), publish("b", "2"), publish("c", "3"));

    assertThat(broker.calls()).containsExactly("publish a [1]", "publish b [2]", "publish c [3]");
  }

  @Test
  void shouldGatherForARoomWhileACallIsUnderWay() {
    producer.send(publish("a", "1"));
    producer.send(publish("a", "2"));
    producer.send(publish("a", "3"));
    assertThat(broker.calls()).containsExactly("publish a [1]");

    answer(0);

    assertThat(broker.calls()).containsExactly("publish a [1]", "publish a [2, 3]");
  }

  @Test
  void shouldLetAJoinWaitForThePublishesBeforeIt() {
    producer.send(publish("a", "1"), publish("b", "2"), request(1, "subscribe", "[\"a\",\"t.1\"]"));
    assertThat(broker.calls()).containsExactly("publish a [1]", "publish b [2]");

    answer(1);
    assertThat(broker.calls()).hasSize(2);
    answer(0);

    assertThat(broker.calls()).last().isEqualTo("join a t.1");
  }

  @Test
  void shouldLetAPublishWaitForTheJoinBeforeIt() {
    producer.send(request(1, "subscribe", "[\"a\",\"t.1\"]"), publish("a", "1"), publish("b", "2"));
    assertThat(broker.calls()).containsExactly("join a t.1");

    answer(0);

    assertThat(broker.calls()).containsExactly("join a t.1", "publish a [1]", "publish b [2]");
  }

  @Test
  void shouldMoveDifferentConsumersTogether() {
    producer.send(
        request(1, "subscribe", "[\"a\",\"t.1\"]"),
        request(2, "subscribe", "[\"a\",\"t.2\"]"),
        request(3, "unsubscribe", "[\"b\",\"t.3\"]"));

    assertThat(broker.calls()).containsExactly("join a t.1", "join a t.2", "leave b t.3");
  }

  @Test
  void shouldMoveOneConsumerStepByStep() {
    producer.send(
        request(1, "subscribe", "[\"a\",\"t.1\"]"),
        request(2, "unsubscribe", "[\"a\",\"t.1\"]"),
        request(3, "subscribe", "[\"a\",\"t.2\"]"));
    assertThat(broker.calls()).containsExactly("join a t.1");

    answer(0);

    assertThat(broker.calls()).containsExactly("join a t.1", "leave a t.1", "join a t.2");
  }

  @Test
  void shouldAnswerInTheOrderOfTheRequests() {
    producer.send(
        request(1, "publish", "[\"a\",\"1\"]"),
        request(2, "publish", "[\"b\",\"2\"]"),
        request(3, "echo", "[]"),
        request(4, "consumers", "[\"user-1\"]"));

    assertThat(broker.calls())
        .containsExactly("connections user-1", "publish a [1]", "publish b [2]");
    answer(2);
    answer(0);
    assertThat(producer.answers()).isEmpty();
    answer(0);

    assertThat(producer.answers())
        .startsWith(success(1, "1"), success(2, "1"), success(3, "[]"))
        .hasSize(4);
  }

  @Test
  void shouldStoreEverythingOfAProducerThatHasGone() {
    producer.send(publish("a", "1"), request(1, "subscribe", "[\"a\",\"t.1\"]"), publish("a", "2"));
    producer.channel().close();
    assertThat(producer.edge().connections().producerCount()).isEqualTo(1);

    answer(0);
    answer(0);
    answer(0);

    assertThat(broker.stored("a")).containsExactly("1", "2");
    assertThat(producer.edge().connections().producerCount()).isZero();
  }

  private void answer(int place) {
    broker.answer(place);
    producer.channel().runPendingTasks();
  }

  private static String publish(String room, String message) {
    return notification("publish", "[[\"" + room + "\",\"" + message + "\"]]");
  }
}
