package io.snapper.chaos;

import io.snapper.chaos.Publication.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Knows every message that was handed over, whether it was accepted, and what each application saw
 * of it. Thread safe.
 */
final class Ledger {
  private static final int SHOWN_FAULTS = 60;
  private static final int SHOWN_LOSSES = 3;

  private final Layout layout;
  private final Map<String, Publication> publications = new LinkedHashMap<>();
  private final Map<String, Application> applications = new LinkedHashMap<>();
  private final Map<Place, String> places = new HashMap<>();
  private final List<String> faults = new ArrayList<>();
  private int storedTwice;
  private int strangeMessages;

  Ledger(Layout layout) {
    this.layout = layout;
    layout.consumers().forEach(one -> applications.put(one.name(), new Application(one)));
  }

  synchronized void onSent(long timeMs, String phase, List<String> messages) {
    for (String text : messages) {
      publications.put(text, new Publication(text, phase, timeMs));
    }
  }

  /**
   * Notes an answer of the broker.
   *
   * @param epoch empty if the answer doesn't say where the messages are
   */
  synchronized void onAccepted(String epoch, long firstOffset, List<String> messages) {
    long offset = firstOffset;
    for (String text : messages) {
      Publication publication = publications.get(text);
      publication.isAccepted = true;
      if (!epoch.isEmpty()) {
        notePlace(publication, new Place(epoch, offset++));
      }
    }
  }

  synchronized void onRefused(List<String> messages) {
    messages.forEach(text -> publications.get(text).isRefused = true);
  }

  /** Notes what an application was handed; the batch's id says where it is from. */
  synchronized void onSeen(long timeMs, String consumer, String batchId, List<String> messages) {
    List<Place> found = BatchIds.places(batchId);
    Application application = applications.get(consumer);
    for (int index = 0; index < messages.size(); index++) {
      Publication publication = publications.get(messages.get(index));
      if (publication == null || !isMember(publication.room, consumer)) {
        strangeMessages++;
        note(timeMs, consumer + " got what is not for it: " + messages.get(index));
        continue;
      }
      publication.isWitnessed = true;
      if (application.hasSeen(publication)) {
        note(
            timeMs,
            consumer
                + " got again: "
                + publication.text
                + " at "
                + found.get(index)
                + ", first at "
                + publication.place
                + ", seen "
                + (timeMs - application.seenMs(publication))
                + " ms ago");
      }
      int before = application.counts().outOfOrder;
      application.onSeen(publication, found.get(index), timeMs);
      if (application.counts().outOfOrder > before) {
        note(timeMs, consumer + " got out of order: " + publication.text + " " + found.get(index));
      }
      notePlace(publication, found.get(index));
    }
  }

  synchronized void onNotice(
      long timeMs, String consumer, String room, String epoch, long from, long to) {
    applications.get(consumer).onNotice(timeMs, room, epoch, from, to);
  }

  synchronized void onReturn(long timeMs, String consumer) {
    applications.get(consumer).onReturn(timeMs);
  }

  private boolean isMember(String room, String consumer) {
    return layout.rooms().getOrDefault(room, List.of()).contains(consumer);
  }

  private void notePlace(Publication publication, Place place) {
    if (publication.place == null) {
      publication.place = place;
    } else if (!publication.place.equals(place)) {
      // A log that is renewed keeps what it has, in a new epoch: that is stored once.
      if (publication.place.epoch().equals(place.epoch())) {
        storedTwice++;
        note(0, publication.text + " is at " + publication.place + " and at " + place);
      }
      publication.place = place;
    }
    String other = places.put(place, publication.text);
    if (other != null && !other.equals(publication.text)) {
      strangeMessages++;
      note(0, place + " is " + other + " and " + publication.text);
    }
  }

  private void note(long timeMs, String fault) {
    if (faults.size() < SHOWN_FAULTS) {
      faults.add((timeMs == 0 ? "" : timeMs + " ") + fault);
    }
  }

  /** Forgets the counts of what was before; what was seen before is still known. */
  synchronized void beginPhase() {
    applications.values().forEach(Application::beginPhase);
    faults.clear();
    storedTwice = 0;
    strangeMessages = 0;
  }

  /** Returns how many deliveries of a phase are still due. */
  synchronized int outstanding(String phase) {
    int[] count = {0};
    forMissing(phase, any -> true, (application, missing) -> count[0]++);
    return count[0];
  }

  /** Sums up a phase for one kind of clients. */
  synchronized Tally tally(String phase, String client) {
    Predicate<Application> isOfKind = one -> one.consumer.client().equals(client);
    Tally tally = new Tally();
    for (Publication publication : publications.values()) {
      if (publication.phase.equals(phase)) {
        tally.published += publication.isStored() ? 1 : 0;
        tally.refused += publication.isRefused ? 1 : 0;
        tally.uncertain += publication.isStored() || publication.isRefused ? 0 : 1;
      }
    }
    for (Application application : applications.values()) {
      if (isOfKind.test(application)) {
        tally.delivered += application.counts().delivered;
        tally.repeated += application.counts().repeated;
        tally.outOfOrder += application.counts().outOfOrder;
        tally.notices += application.counts().notices;
        if (!application.consumer.isSlow()) {
          tally.silenceMs = Math.max(tally.silenceMs, application.longestSilenceMs());
        }
      }
    }
    Map<String, Integer> lostBy = new TreeMap<>();
    forMissing(
        phase,
        isOfKind,
        (application, missing) -> {
          tally.lost++;
          String name = application.consumer.name();
          if (lostBy.merge(name, 1, Integer::sum) <= SHOWN_LOSSES) {
            String how = missing.isAccepted ? ", accepted" : ", seen by another";
            note(
                missing.sentMs, name + " never got " + missing.text + " at " + missing.place + how);
          }
        });
    if (!lostBy.isEmpty()) {
      faults.add("never got, by consumers: " + lostBy);
    }
    tally.covered = covered(phase, isOfKind);
    tally.storedTwice = storedTwice;
    tally.strange = strangeMessages;
    return tally;
  }

  /** Returns the first faults of the phase in words. */
  synchronized List<String> faults() {
    return List.copyOf(faults);
  }

  private interface MissingMessage {
    void found(Application application, Publication missing);
  }

  private void forMissing(String phase, Predicate<Application> which, MissingMessage action) {
    forUnseen(
        phase,
        which,
        (application, unseen) -> {
          if (!application.wasTold(unseen)) {
            action.found(application, unseen);
          }
        });
  }

  private int covered(String phase, Predicate<Application> which) {
    int[] count = {0};
    forUnseen(
        phase, which, (application, unseen) -> count[0] += application.wasTold(unseen) ? 1 : 0);
    return count[0];
  }

  private void forUnseen(String phase, Predicate<Application> which, MissingMessage action) {
    for (Publication publication : publications.values()) {
      if (!publication.phase.equals(phase) || !publication.isStored()) {
        continue;
      }
      for (String name : layout.rooms().get(publication.room)) {
        Application application = applications.get(name);
        if (which.test(application) && !application.hasSeen(publication)) {
          action.found(application, publication);
        }
      }
    }
  }

  /** The sums of a phase for one kind of clients. */
  static final class Tally {
    int published;
    int refused;
    int uncertain;
    int delivered;
    int lost;
    int repeated;
    int outOfOrder;
    int covered;
    int notices;
    int storedTwice;
    int strange;
    long silenceMs;
  }
}
