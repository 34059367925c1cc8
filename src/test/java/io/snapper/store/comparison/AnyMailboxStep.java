package io.snapper.store.comparison;

import io.snapper.core.auth.DeviceKind;
import io.snapper.store.comparison.MailboxSteps.BatchChange;
import io.snapper.store.comparison.MailboxSteps.Claiming;
import io.snapper.store.comparison.MailboxSteps.ClaimingUnchanged;
import io.snapper.store.comparison.MailboxSteps.DroppingNotes;
import io.snapper.store.comparison.MailboxSteps.Entering;
import io.snapper.store.comparison.MailboxSteps.HandingOver;
import io.snapper.store.comparison.MailboxSteps.Joining;
import io.snapper.store.comparison.MailboxSteps.Leaving;
import io.snapper.store.comparison.MailboxSteps.ListingOwned;
import io.snapper.store.comparison.MailboxSteps.Noting;
import io.snapper.store.comparison.MailboxSteps.NotingAsOwner;
import io.snapper.store.comparison.MailboxSteps.Orphaning;
import io.snapper.store.comparison.MailboxSteps.Place;
import io.snapper.store.comparison.MailboxSteps.Reading;
import io.snapper.store.comparison.MailboxSteps.Releasing;
import io.snapper.store.comparison.MailboxSteps.RequestingClose;
import io.snapper.store.comparison.MailboxSteps.Saving;
import io.snapper.store.comparison.MailboxSteps.Settling;
import io.snapper.store.comparison.MailboxSteps.TakenAfterANote;
import io.snapper.store.comparison.MailboxSteps.Update;
import io.snapper.store.comparison.MailboxSteps.Weakening;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Makes steps on the mailboxes; most are on one consumer, so that claims meet. */
final class AnyMailboxStep {
  private AnyMailboxStep() {}

  static Arbitrary<Step> any() {
    return Arbitraries.frequencyOf(
        Tuple.of(
            6, Combinators.combine(consumers(), users(), devices(), nodes()).as(Claiming::new)),
        Tuple.of(
            2,
            Combinators.combine(consumers(), users(), devices(), nodes(), fencesAgo())
                .as(ClaimingUnchanged::new)),
        Tuple.of(1, consumers().map(Reading::new)),
        Tuple.of(4, updates().map(HandingOver::new)),
        Tuple.of(2, Combinators.combine(consumers(), fencesAgo()).as(Settling::new)),
        Tuple.of(3, Combinators.combine(consumers(), fencesAgo(), places()).as(Entering::new)),
        Tuple.of(6, updates().list().ofMinSize(1).ofMaxSize(3).map(Saving::new)),
        Tuple.of(
            5,
            Combinators.combine(nodes(), updates().list().ofMinSize(1).ofMaxSize(3))
                .as(Noting::new)),
        Tuple.of(
            1,
            Combinators.combine(nodes(), consumers().list().ofMaxSize(3)).as(DroppingNotes::new)),
        Tuple.of(3, Combinators.combine(updates(), nodes(), lives()).as(Releasing::new)),
        Tuple.of(2, Combinators.combine(consumers(), users(), lives()).as(Weakening::new)),
        Tuple.of(
            3,
            Combinators.combine(consumers(), places(), lives(), Arbitraries.of(3, 2, 1))
                .as(Joining::new)),
        Tuple.of(2, Combinators.combine(consumers(), places()).as(Leaving::new)),
        Tuple.of(1, consumers().map(RequestingClose::new)),
        Tuple.of(1, Combinators.combine(nodes(), consumers()).as(ListingOwned::new)),
        Tuple.of(3, Combinators.combine(consumers(), nodes(), lives()).as(Orphaning::new)));
  }

  /** Steps on one mailbox that moves from node to node. */
  static Arbitrary<Step> anyOfHandovers() {
    Arbitrary<Integer> one = Arbitraries.just(0);
    Arbitrary<Integer> ofEarlier =
        Arbitraries.frequency(Tuple.of(5, 1), Tuple.of(2, 2), Tuple.of(1, 0), Tuple.of(1, 3));
    Arbitrary<Integer> ofSettling =
        Arbitraries.frequency(Tuple.of(3, 0), Tuple.of(3, 1), Tuple.of(1, 2));
    return Arbitraries.frequencyOf(
        Tuple.of(5, Combinators.combine(one, one, devices(), nodes()).as(Claiming::new)),
        Tuple.of(4, updates(one, ofEarlier).map(HandingOver::new)),
        Tuple.of(3, Combinators.combine(one, ofSettling).as(Settling::new)),
        Tuple.of(2, Combinators.combine(one, fencesAgo(), places()).as(Entering::new)),
        Tuple.of(3, updates(one, fencesAgo()).list().ofSize(1).map(Saving::new)),
        Tuple.of(
            3,
            Combinators.combine(nodes(), updates(one, ofEarlier).list().ofSize(1)).as(Noting::new)),
        Tuple.of(
            1, Combinators.combine(updates(one, fencesAgo()), nodes(), lives()).as(Releasing::new)),
        Tuple.of(1, Combinators.combine(one, nodes(), lives()).as(Orphaning::new)));
  }

  private static Arbitrary<TakenAfterANote> takenAfterANote() {
    Arbitrary<Integer> one = Arbitraries.just(0);
    Arbitrary<Claiming> claims =
        Combinators.combine(one, one, devices(), nodes()).as(Claiming::new);
    Arbitrary<Update> saved = updates(one, one, Arbitraries.just(0L));
    Arbitrary<Update> noted = updates(one, one, Arbitraries.longs().between(1, 3));
    return Combinators.combine(
            claims,
            Combinators.combine(one, one, places()).as(Entering::new),
            saved.list().ofSize(1).map(Saving::new),
            noted.map(NotingAsOwner::new),
            claims)
        .as(TakenAfterANote::new);
  }

  /** Steps on one mailbox whose owners note what moved, and lose it to each other. */
  static Arbitrary<Step> anyOfNotes() {
    Arbitrary<Integer> one = Arbitraries.just(0);
    Arbitrary<Integer> mostlyPresent =
        Arbitraries.frequency(Tuple.of(9, 0), Tuple.of(2, 1), Tuple.of(1, 2));
    return Arbitraries.frequencyOf(
        Tuple.of(4, Combinators.combine(one, one, devices(), nodes()).as(Claiming::new)),
        Tuple.of(2, Combinators.combine(one, mostlyPresent).as(Settling::new)),
        Tuple.of(2, Combinators.combine(one, mostlyPresent, places()).as(Entering::new)),
        Tuple.of(5, updates(one, mostlyPresent).list().ofSize(1).map(Saving::new)),
        Tuple.of(6, updates(one, mostlyPresent).map(NotingAsOwner::new)),
        Tuple.of(3, takenAfterANote()),
        Tuple.of(
            1, Combinators.combine(nodes(), updates(one, one).list().ofSize(1)).as(Noting::new)),
        Tuple.of(1, Combinators.combine(nodes(), one.list().ofSize(1)).as(DroppingNotes::new)),
        Tuple.of(1, updates(one, mostlyPresent).map(HandingOver::new)),
        Tuple.of(
            1,
            Combinators.combine(updates(one, mostlyPresent), nodes(), lives()).as(Releasing::new)),
        Tuple.of(1, Combinators.combine(one, nodes(), lives()).as(Orphaning::new)),
        Tuple.of(1, nodes().map(NodeSteps.Remove::new)),
        Tuple.of(1, Arbitraries.of(1, 3, 12).map(NodeSteps.Pass::new)));
  }

  static Arbitrary<Integer> consumers() {
    return Arbitraries.frequency(Tuple.of(6, 0), Tuple.of(2, 1), Tuple.of(1, 2));
  }

  static Arbitrary<Integer> users() {
    return Arbitraries.frequency(Tuple.of(5, 0), Tuple.of(1, 1));
  }

  static Arbitrary<DeviceKind> devices() {
    return Arbitraries.of(DeviceKind.class);
  }

  static Arbitrary<Integer> nodes() {
    return RoomSteps.nodes();
  }

  /** The present fence most often, and that before it; 9 is none at all. */
  static Arbitrary<Integer> fencesAgo() {
    return Arbitraries.frequency(
        Tuple.of(6, 0), Tuple.of(4, 1), Tuple.of(2, 2), Tuple.of(1, 3), Tuple.of(1, 9));
  }

  private static Arbitrary<Integer> lives() {
    return Arbitraries.integers().between(1, 4);
  }

  private static Arbitrary<Place> places() {
    return Combinators.combine(
            RoomSteps.rooms(),
            Arbitraries.frequency(Tuple.of(4, 0), Tuple.of(1, 1), Tuple.of(1, 9)),
            Arbitraries.longs().between(0, 4),
            Arbitraries.of(0L, 7L, 1_700_000_000_000L))
        .as(Place::new);
  }

  private static Arbitrary<Update> updates() {
    return updates(
        consumers(),
        Arbitraries.frequency(Tuple.of(9, 0), Tuple.of(4, 1), Tuple.of(1, 2), Tuple.of(1, 9)));
  }

  private static Arbitrary<Update> updates(
      Arbitrary<Integer> consumers, Arbitrary<Integer> fencesAgo) {
    return updates(consumers, fencesAgo, Arbitraries.longs().between(0, 3));
  }

  private static Arbitrary<Update> updates(
      Arbitrary<Integer> consumers, Arbitrary<Integer> fencesAgo, Arbitrary<Long> numbers) {
    return Combinators.combine(
            consumers,
            fencesAgo,
            numbers,
            places().list().ofMaxSize(3),
            places().list().ofMaxSize(2),
            Arbitraries.of(BatchChange.class),
            AwkwardTexts.names())
        .as(Update::new);
  }
}
