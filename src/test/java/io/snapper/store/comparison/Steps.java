package io.snapper.store.comparison;

import io.snapper.core.auth.DeviceKind;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/** Makes sequences of steps. */
public final class Steps {
  private static final int MAX_STEPS = 40;

  private Steps() {}

  /** Names for one sequence. */
  public static Arbitrary<Naming> namings() {
    return AwkwardTexts.namings();
  }

  /** Sequences; most are about one part of the store, so that its steps meet each other. */
  public static Arbitrary<List<Step>> sequences() {
    Arbitrary<Step> rooms = RoomSteps.any();
    Arbitrary<Step> mailboxes = AnyMailboxStep.any();
    Arbitrary<Step> presence = PresenceSteps.any();
    Arbitrary<Step> nodes = NodeSteps.any();
    Arbitrary<Step> time = NodeSteps.time();
    Arbitrary<Step> all =
        Arbitraries.frequencyOf(
            Tuple.of(4, rooms),
            Tuple.of(5, mailboxes),
            Tuple.of(2, presence),
            Tuple.of(2, nodes),
            Tuple.of(1, time));
    return Arbitraries.frequencyOf(
        Tuple.of(
            3,
            sequencesOf(
                Arbitraries.frequencyOf(
                    Tuple.of(20, rooms), Tuple.of(1, nodes), Tuple.of(2, time)))),
        Tuple.of(2, sequencesOf(RoomSteps.anyOfABurst())),
        Tuple.of(3, sequencesOf(AnyMailboxStep.anyOfHandovers())),
        Tuple.of(3, sequencesOf(AnyMailboxStep.anyOfNotes())),
        Tuple.of(
            5,
            sequencesOf(
                Arbitraries.frequencyOf(
                    Tuple.of(30, mailboxes),
                    Tuple.of(2, nodes),
                    Tuple.of(1, rooms),
                    Tuple.of(2, time)))),
        Tuple.of(
            2,
            sequencesOf(
                Arbitraries.frequencyOf(
                    Tuple.of(12, presence), Tuple.of(4, mailboxes), Tuple.of(2, time)))),
        Tuple.of(
            2,
            sequencesOf(
                Arbitraries.frequencyOf(
                    Tuple.of(10, nodes), Tuple.of(2, mailboxes), Tuple.of(3, time)))),
        Tuple.of(2, sequencesOf(all)));
  }

  /**
   * A node dies with a mailbox that ends before anybody claims it, and later with the same one
   * again, which is claimed in time.
   */
  public static List<Step> twiceAnOrphan() {
    Step byTheNodeThatDies = new MailboxSteps.Claiming(0, 0, DeviceKind.WEB, 2);
    Step byAnother = new MailboxSteps.Claiming(0, 0, DeviceKind.WEB, 0);
    Step orphaning = new MailboxSteps.Orphaning(0, 2, 1);
    return List.of(
        byTheNodeThatDies,
        orphaning,
        new NodeSteps.Pass(1),
        byTheNodeThatDies,
        orphaning,
        byAnother,
        new MailboxSteps.ListingOwned(2, 0));
  }

  /** Two sequences, and between them a partition that moves to another server. */
  public static Arbitrary<List<Step>> sequencesWithAMove() {
    return Combinators.combine(
            sequences(), RoomSteps.rooms().map(NodeSteps.MovePartition::new), sequences())
        .as(
            (before, move, after) -> {
              List<Step> steps = new ArrayList<>(before);
              steps.add(move);
              steps.addAll(after);
              return steps;
            });
  }

  private static Arbitrary<List<Step>> sequencesOf(Arbitrary<Step> steps) {
    return Arbitraries.frequencyOf(Tuple.of(12, steps), Tuple.of(1, steps.map(Step.Twice::new)))
        .list()
        .ofMaxSize(MAX_STEPS)
        .withSizeDistribution(RandomDistribution.uniform());
  }
}
