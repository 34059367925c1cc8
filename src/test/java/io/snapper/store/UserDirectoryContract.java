package io.snapper.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.auth.DeviceKind;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.UserId;
import io.snapper.core.store.UserDirectory.Connection;
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

    assertThat(leave(CONNECTION)).isEqualTo(1);
    assertThat(leave(CONNECTION)).isEqualTo(-1);
    assertThat(leave(SECOND)).isZero();
    assertThat(connections()).isEmpty();
  }

  @Test
  void shouldNotRemoveTheConnectionOfAnotherClaim() {
    get(store().users().enter(USER, CONNECTION));

    assertThat(get(store().users().leave(USER, CONSUMER, 2))).isEqualTo(-1);
    assertThat(get(store().users().leave(USER, CONSUMER, 4))).isEqualTo(-1);

    assertThat(connections()).containsExactly(CONNECTION);
  }

  private List<Connection> connections() {
    return get(store().users().connections(USER));
  }

  private int leave(Connection connection) {
    return get(store().users().leave(USER, connection.consumer(), connection.fence()));
  }
}
