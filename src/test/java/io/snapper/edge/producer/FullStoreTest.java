package io.snapper.edge.producer;

import static io.snapper.edge.producer.EmbeddedProducer.notification;
import static io.snapper.edge.producer.EmbeddedProducer.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.error.ErrorCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a producer hears while the store has no room. */
class FullStoreTest {
  private final RecordingBroker broker = new RecordingBroker();
  private final EmbeddedProducer producer = EmbeddedProducer.of(broker);

  @Test
  void shouldRefuseAtOnceHoldNothingAndGoOnWhenThereIsRoom() {
    broker.failWith(ErrorCode.STORE_FULL);
    producer.send(notification("publish", "[\"a\",\"1\"]"), request(1, "publish", "[\"a\",\"2\"]"));

    assertThat(producer.answers())
        .singleElement()
        .satisfies(answer -> assertThat(answer).contains("-32603", "told to fail"));
    assertThat(producer.isRead()).isTrue();

    broker.failWith((ErrorCode) null);
    producer.send(request(2, "publish", "[\"a\",\"3\"]"));
    producer.passTime(Duration.ofSeconds(10));

    assertThat(broker.stored("a")).containsExactly("3");
    assertThat(producer.answers()).contains(EmbeddedProducer.success(2, "1"));
  }
}
