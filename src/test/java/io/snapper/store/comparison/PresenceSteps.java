package io.snapper.store.comparison;

import io.snapper.core.auth.DeviceKind;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.UserId;
import io.snapper.core.store.PresenceLog.Request;
import io.snapper.core.store.UserDirectory;
import io.snapper.core.store.UserDirectory.Connection;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Steps on who is connected, and on who came online and who went. */
final class PresenceSteps {
  private PresenceSteps() {}

  static Arbitrary<Step> any() {
    Arbitrary<Boolean> isRecorded = Arbitraries.frequency(Tuple.of(9, true), Tuple.of(1, false));
    return Arbitraries.frequencyOf(
        Tuple.of(
            5,
            Combinators.combine(
                    AnyMailboxStep.users(),
                    AnyMailboxStep.consumers(),
                    AnyMailboxStep.fencesAgo(),
                    AnyMailboxStep.nodes(),
                    AnyMailboxStep.devices(),
                    isRecorded)
                .as(Enter::new)),
        Tuple.of(
            4,
            Combinators.combine(
                    AnyMailboxStep.users(),
                    AnyMailboxStep.consumers(),
                    AnyMailboxStep.fencesAgo(),
                    isRecorded)
                .as(Leave::new)),
        Tuple.of(1, AnyMailboxStep.users().map(Connections::new)),
        Tuple.of(
            4,
            Combinators.combine(
                    AnyMailboxStep.nodes(),
                    AnyMailboxStep.users().list().ofMinSize(1).ofMaxSize(2),
                    Arbitraries.frequency(
                        Tuple.of(3, 0), Tuple.of(2, 1), Tuple.of(1, 2), Tuple.of(3, 99)),
                    Arbitraries.integers().between(1, 3),
                    Arbitraries.of(100, 1, 2))
                .as(Take::new)));
  }

  private static UserDirectory directory(Side side, boolean isRecorded) {
    return isRecorded ? side.presence() : side.users();
  }

  record Enter(
      int user, int consumer, int fencesAgo, int node, DeviceKind device, boolean isRecorded)
      implements Step {
    @Override
    public void run(Comparison stores) {
      ConsumerId target = stores.names().consumer(consumer);
      Both<Long> fence = stores.fences(target).ago(fencesAgo);
      stores.callEqual(
          side ->
              directory(side, isRecorded)
                  .enter(
                      stores.names().user(user),
                      new Connection(target, stores.node(node), device, fence.on(side), node)));
    }
  }

  record Leave(int user, int consumer, int fencesAgo, boolean isRecorded) implements Step {
    @Override
    public void run(Comparison stores) {
      ConsumerId target = stores.names().consumer(consumer);
      Both<Long> fence = stores.fences(target).ago(fencesAgo);
      stores.callEqual(
          side ->
              directory(side, isRecorded).leave(stores.names().user(user), target, fence.on(side)));
    }
  }

  record Connections(int user) implements Step {
    @Override
    public void run(Comparison stores) {
      UserId target = stores.names().user(user);
      stores.call(
          side -> side.users().connections(target),
          (memory, real) -> stores.same().connections(memory, real));
    }
  }

  /**
   * Takes the changes of some users' partitions.
   *
   * @param toldAgo which of a user's changes was told last: the last known one, the one before it…;
   *     99 for none
   */
  record Take(int node, List<Integer> users, int toldAgo, int leaseUnits, int maxChanges)
      implements Step {
    @Override
    public void run(Comparison stores) {
      stores.call(
          side ->
              side.presence()
                  .take(
                      stores.node(node),
                      users.stream().map(user -> request(stores, side, user)).toList(),
                      Comparison.UNIT.multipliedBy(leaseUnits),
                      maxChanges),
          (memory, real) -> {
            for (int index = 0; index < memory.size(); index++) {
              stores.same().taken(memory.get(index), real.get(index));
            }
          });
    }

    private Request request(Comparison stores, Side side, int user) {
      UserId target = stores.names().user(user);
      return new Request(
          stores.store().partitionOf(target.value()), stores.changes(target).ago(toldAgo).on(side));
    }
  }
}
