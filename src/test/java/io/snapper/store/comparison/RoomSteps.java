package io.snapper.store.comparison;

import io.snapper.core.message.RoomName;
import io.snapper.core.store.LogPage;
import io.snapper.core.store.PublishRequest;
import io.snapper.core.store.PublishRequest.Idempotency;
import io.snapper.core.store.PublishRequest.Key;
import io.snapper.core.store.PublishRequest.Sequence;
import io.snapper.core.store.Published;
import io.snapper.core.store.RoomState;
import io.snapper.store.comparison.AwkwardTexts.Payload;
import io.snapper.store.comparison.Comparison.Order;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Steps on the rooms' logs. */
final class RoomSteps {
  private static final int ENTRY_AND_A_HALF = 96;

  private RoomSteps() {}

  static Arbitrary<Step> any() {
    return Arbitraries.frequencyOf(
        Tuple.of(6, publishes().map(publish -> publish)),
        Tuple.of(2, severalPublishes()),
        Tuple.of(6, watches()),
        Tuple.of(4, reads(rooms())),
        Tuple.of(1, rooms().map(State::new)),
        Tuple.of(1, rooms().map(Occupancy::new)),
        Tuple.of(2, renewals()));
  }

  /** For each room one, as a node has only one request to a room under way. */
  private static Arbitrary<Step> severalPublishes() {
    return publishes()
        .list()
        .uniqueElements(Publish::room)
        .ofMinSize(2)
        .ofMaxSize(Naming.ROOMS)
        .map(PublishTogether::new);
  }

  /** Steps on one room that grows, now faster and now slower. */
  static Arbitrary<Step> anyOfABurst() {
    Arbitrary<Integer> room = Arbitraries.just(0);
    Arbitrary<Step> publishes =
        AwkwardTexts.payloads()
            .list()
            .ofMinSize(1)
            .ofMaxSize(4)
            .map(texts -> new Publish(0, 0, Order.NEXT, texts, 1, new NoName()));
    return Arbitraries.frequencyOf(
        Tuple.of(6, publishes),
        Tuple.of(3, Arbitraries.of(1, 1, 1, 2).map(NodeSteps.Pass::new)),
        Tuple.of(1, reads(room)));
  }

  static Arbitrary<Integer> rooms() {
    return Arbitraries.integers().between(0, Naming.ROOMS - 1);
  }

  static Arbitrary<Integer> nodes() {
    return Arbitraries.integers().between(0, Comparison.GONE);
  }

  /** A caller's own name for a request: nothing, a key, or a producer's sequence. */
  sealed interface Name {
    Idempotency on(Naming names);
  }

  record NoName() implements Name {
    @Override
    public Idempotency on(Naming names) {
      return null;
    }
  }

  record Keyed(int key, String fingerprint) implements Name {
    @Override
    public Idempotency on(Naming names) {
      return new Key(names.keys().get(key), fingerprint);
    }
  }

  record Numbered(int producer, long number, int part) implements Name {
    @Override
    public Idempotency on(Naming names) {
      return new Sequence(names.keys().get(producer), number, part);
    }
  }

  private static Arbitrary<Order> orders() {
    return Arbitraries.frequency(
        Tuple.of(7, Order.NEXT),
        Tuple.of(2, Order.SAME),
        Tuple.of(2, Order.EARLIER),
        Tuple.of(1, Order.MUCH_LATER));
  }

  private static Arbitrary<Publish> publishes() {
    Arbitrary<Integer> keys = Arbitraries.integers().between(0, Naming.KEYS - 1);
    Arbitrary<Name> names =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.just(new NoName())),
            Tuple.of(2, Combinators.combine(keys, Arbitraries.of("f", "", "f g")).as(Keyed::new)),
            Tuple.of(
                3,
                Combinators.combine(
                        keys,
                        Arbitraries.frequencyOf(
                            Tuple.of(20, Arbitraries.longs().between(1, 2)),
                            Tuple.of(1, Arbitraries.of(Sequence.MAX_NUMBER))),
                        Arbitraries.integers().between(0, 2))
                    .as(Numbered::new)));
    return Combinators.combine(
            rooms(),
            Arbitraries.frequency(
                Tuple.of(4, 0), Tuple.of(1, 1), Tuple.of(1, 2), Tuple.of(1, Comparison.GONE)),
            orders(),
            AwkwardTexts.payloads().list().ofMinSize(1).ofMaxSize(3),
            Arbitraries.frequency(Tuple.of(20, 1), Tuple.of(1, ENTRY_AND_A_HALF)),
            names)
        .as(Publish::new);
  }

  /**
   * Publishes.
   *
   * @param copies how often the payloads are in the request, one behind the other; large ones once
   */
  record Publish(int room, int node, Order order, List<Payload> payloads, int copies, Name name)
      implements Step {
    @Override
    public void run(Comparison stores) {
      new PublishTogether(List.of(this)).run(stores);
    }

    private List<String> texts() {
      List<String> texts = new ArrayList<>();
      boolean isLarge = payloads.stream().anyMatch(Payload::isLarge);
      for (List<Payload> copy : Collections.nCopies(isLarge ? 1 : copies, payloads)) {
        copy.forEach(payload -> texts.add(payload.text()));
      }
      return texts;
    }
  }

  /** Publishes several times without waiting, so that requests may reach Redis in one call. */
  record PublishTogether(List<Publish> publishes) implements Step {
    @Override
    public void run(Comparison stores) {
      List<Function<Side, CompletionStage<Published>>> calls = new ArrayList<>();
      List<BiConsumer<Published, Published>> comparisons = new ArrayList<>();
      for (Publish publish : publishes) {
        RoomName target = stores.names().room(publish.room());
        String series = "requests " + publish.room() + " " + publish.node();
        List<String> texts = publish.texts();
        PublishRequest request =
            new PublishRequest(
                target,
                texts,
                stores.node(publish.node()),
                stores.number(series, publish.order()),
                publish.name().on(stores.names()));
        calls.add(side -> side.roomLog().publish(request));
        comparisons.add(
            (memory, real) -> {
              stores.same().published(target, memory, real);
              if (!memory.repeated()) {
                stores.history().onStored(target, memory.firstOffset(), texts);
              }
            });
      }
      stores.callTogether(calls, comparisons);
    }
  }

  private static Arbitrary<Step> watches() {
    return Combinators.combine(
            rooms(),
            nodes(),
            Arbitraries.frequency(Tuple.of(2, 0), Tuple.of(3, 1), Tuple.of(1, 100_000)),
            orders())
        .as(Watch::new);
  }

  record Watch(int room, int node, int members, Order order) implements Step {
    @Override
    public void run(Comparison stores) {
      RoomName target = stores.names().room(room);
      long version = stores.number("watches " + room + " " + node, order);
      stores.call(
          side -> side.roomLog().watch(target, stores.node(node), members, version),
          (memory, real) -> stores.same().state(target, memory, real));
    }
  }

  record State(int room) implements Step {
    @Override
    public void run(Comparison stores) {
      RoomName target = stores.names().room(room);
      stores.call(
          side -> side.roomLog().state(target),
          (memory, real) -> stores.same().state(target, memory, real));
    }
  }

  private static Arbitrary<Step> reads(Arbitrary<Integer> rooms) {
    return Combinators.combine(
            rooms,
            Arbitraries.integers().between(-1, 12),
            Arbitraries.frequency(Tuple.of(1, 1), Tuple.of(2, 3), Tuple.of(3, 1000)),
            Arbitraries.frequency(
                Tuple.of(1, 0L), Tuple.of(1, 4L), Tuple.of(1, 70_000L), Tuple.of(3, 1L << 40)))
        .as(Read::new);
  }

  /**
   * Reads.
   *
   * @param back how many messages before the end to begin
   */
  record Read(int room, int back, int maxMessages, long maxBytes) implements Step {
    @Override
    public void run(Comparison stores) {
      RoomName target = stores.names().room(room);
      long top = Answer.of(stores.memory().roomLog().state(target)).value().top();
      long after = Math.max(0, top - back);
      stores.call(
          side -> side.roomLog().read(target, after, maxMessages, maxBytes),
          (LogPage memory, LogPage real) -> {
            stores.same().page(target, memory, real);
            stores.history().check("memory", target, memory, after, maxMessages, maxBytes);
            stores.history().check("Redis", target, real, after, maxMessages, maxBytes);
          });
    }
  }

  record Occupancy(int room) implements Step {
    @Override
    public void run(Comparison stores) {
      stores.callEqual(side -> side.roomLog().occupancy(stores.names().room(room)));
    }
  }

  private static Arbitrary<Step> renewals() {
    return Combinators.combine(
            rooms(),
            Arbitraries.frequency(Tuple.of(3, 0), Tuple.of(1, 1), Tuple.of(1, 9)),
            Arbitraries.integers().between(0, 4),
            Arbitraries.frequency(Tuple.of(8, 1), Tuple.of(1, RoomState.MAX_FORKS + 1)))
        .as(RenewEpoch::new);
  }

  record RenewEpoch(int room, int epochsAgo, int fork, int times) implements Step {
    @Override
    public void run(Comparison stores) {
      for (int time = 0; time < times; time++) {
        renew(stores);
      }
    }

    private void renew(Comparison stores) {
      RoomName target = stores.names().room(room);
      Both<String> epoch = stores.epochs(target).ago(epochsAgo);
      stores.call(
          side -> side.roomLog().renewEpoch(target, epoch.on(side), fork),
          (memory, real) -> stores.same().state(target, memory, real));
    }
  }
}
