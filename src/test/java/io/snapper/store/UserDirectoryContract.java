package io.snapper.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.auth.DeviceKind;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.UserId;
import io.snapper.core.store.UserDirectory.Connection;
import io.snapper.core.store.UserDirectory.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a {@link io.snapper.core.store.UserDirectory} promises. */
public abstract class UserDirectoryContract extends StoreContract {
  private static final Connection CONNECTION =
      new Connection(CONSUMER, NODE, DeviceKind.IOS, 3, 1_700_000_000_000L);
  private static final Connection SECOND =
      new Connection(new ConsumerId("a.second"), OTHER_NODE, DeviceKind.ANDROID, 1, 5);

  @Test
  void shouldListTheConnectionsOfAUser() {
    get(store().users().enter(USER, CONNECTION));
    get(store().users().enter(USER, SECOND));

    assertThat(connections()).containsExactlyInAnyOrder(CONNECTION, SECOND);
    assertThat(get(store().users().connections(new UserId("nobody")))).isEmpty();
  }

  @Test
  void shouldReplaceAnEarlierClaimAndKeepALaterOne() {
    get(store().users().enter(USER, CONNECTION));
    Connection later = new Connection(CONSUMER, OTHER_NODE, DeviceKind.WEB, 4, 9);

    get(store().users().enter(USER, later));
    get(store().users().enter(USER, CONNECTION));

    assertThat(connections()).containsExactly(later);
  }

  @Test
  void shouldSayHowManyAreLeft() {
    get(store().users().enter(USER, CONNECTION));
    get(store().users().enter(USER, SECOND));

    assertThat(leave(CONNECTION)).isEqualTo(new Outcome(true, 1, false));
    assertThat(leave(CONNECTION)).isEqualTo(new Outcome(false, 1, false));
    assertThat(leave(SECOND)).isEqualTo(new Outcome(true, 0, false));
    assertThat(connections()).isEmpty();
  }

  @Test
  void shouldNotRemoveTheConnectionOfALaterClaim() {
    get(store().users().enter(USER, CONNECTION));

    assertThat(get(store().users().leave(USER, CONSUMER, 2)))
        .isEqualTo(new Outcome(false, 1, false));

    assertThat(connections()).containsExactly(CONNECTION);
  }

  @Test
  void shouldRemoveTheConnectionOfAnEarlierClaim() {
    get(store().users().enter(USER, CONNECTION));

    assertThat(get(store().users().leave(USER, CONSUMER, 4)).isDone()).isTrue();

    assertThat(connections()).isEmpty();
  }

  @Test
  void shouldRefuseAnEntryThatComesAfterItsClaimHasLeft() {
    get(store().users().leave(USER, CONSUMER, 3));
    get(store().users().leave(USER, CONSUMER, 2));

    assertThat(get(store().users().enter(USER, CONNECTION)).isDone()).isFalse();
    assertThat(connections()).isEmpty();

    Connection later = new Connection(CONSUMER, OTHER_NODE, DeviceKind.WEB, 4, 9);
    assertThat(get(store().users().enter(USER, later))).isEqualTo(new Outcome(true, 1, false));
    assertThat(connections()).containsExactly(later);
  }

  private List<Connection> connections() {
    return get(store().users().connections(USER));
  }

  private Outcome leave(Connection connection) {
    return get(store().users().leave(USER, connection.consumer(), connection.fence()));
  }
}
