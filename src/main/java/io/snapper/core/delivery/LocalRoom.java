package io.snapper.core.delivery;

import io.snapper.core.message.Message;
import io.snapper.core.message.Position;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.LogPage;
import io.snapper.core.store.Push;
import io.snapper.core.store.RoomState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A room as a lane sees it while it has members there: where its log stands, the recent messages,
 * the members.
 *
 * <p>Pushes that continue the known top are used as they are: the next offset, behind a message of
 * the same time. Anything else (a hole, another epoch, an end that was lost and replaced) makes the
 * room ask the log, and pushes wait until that is settled. So many wait, and the log is asked for
 * the others: nobody else will miss them, as they have come. Owned by the lane.
 */
final class LocalRoom {
  private static final int MAX_WAITING_PUSHES = 1000;

  private final RoomName name;
  private final LaneContext context;
  private final Wakeups wakeups;
  private final List<Member> members = new ArrayList<>(1);
  private final MessageTail tail;
  private final List<Push.RoomMessages> waiting = new ArrayList<>(0);
  private boolean hasDroppedPushes;
  private final List<Runnable> unsettled = new ArrayList<>(0);
  private final LogFollower follower;
  private final CatchUp catchUp;
  private final Places places;
  private RoomState known;
  private long top;
  private long topTimeMs;
  private Run lastRun;
  private long lastRunTop;
  private long lastAppendNanos;

  /** What a room tells its lane. */
  interface Wakeups {
    /** The member has something to send. */
    void onBehind(Member member);

    /** The member's position changed without an acknowledgement. */
    void onMoved(Member member);

    /** The member has left and nothing that it should still get exists any more. */
    void onFinished(Member member);

    /** The room keeps messages in memory from now on. */
    void onTailInUse(LocalRoom room);
  }

  LocalRoom(RoomName name, LaneContext context, Wakeups wakeups) {
    this.name = name;
    this.context = context;
    this.wakeups = wakeups;
    CommonPast past = new CommonPast(this, context);
    this.follower = new LogFollower(this, context, past);
    this.places = new Places(this, wakeups, past, follower);
    this.catchUp = new CatchUp(this, context, wakeups);
    this.tail =
        new MessageTail(context.options().tailMessages(), context.options().tailCharacters());
  }

  RoomName name() {
    return name;
  }

  long top() {
    return top;
  }

  /** Returns whether its log has been asked where it stands. */
  boolean isKnown() {
    return known != null;
  }

  /** Returns the log's state when its present epoch was first seen here. */
  RoomState state() {
    return known;
  }

  String epoch() {
    return known.epoch();
  }

  /** Returns the position of the last message that is known here. */
  Position end() {
    return new Position(epoch(), top, topTimeMs);
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  int size() {
    return members.size();
  }

  void countInto(MemoryCount count) {
    count.addRoom(tail, waiting.size());
  }

  void add(Member member) {
    member.index = members.size();
    members.add(member);
    if (known != null) {
      places.place(member);
    }
  }

  void remove(Member member) {
    Member last = members.remove(members.size() - 1);
    if (last != member) {
      members.set(member.index, last);
      last.index = member.index;
    }
    member.index = -1;
  }

  /** The state of the log was read after the room was watched. */
  void onState(RoomState state) {
    if (known == null) {
      known = state;
      top = state.top();
      topTimeMs = state.topTimeMs();
      List.copyOf(members).forEach(places::place);
      onSettled();
    } else if (!state.epoch().equals(epoch()) || !isAtEndOf(state)) {
      follower.ask();
    }
  }

  /** See {@link Places#locate}. */
  void locate(Position position, Consumer<Optional<Position>> found) {
    places.locate(position, found);
  }

  /** The member's place may not be one of the log. */
  void relocate(Member member) {
    places.relocate(member);
  }

  /** When the message at {@code offset} was stored, if that is known here. */
  OptionalLong timeAt(long offset) {
    if (offset == top) {
      return topTimeMs == 0 && top > 0 ? OptionalLong.empty() : OptionalLong.of(topTimeMs);
    }
    return tail.timeAt(offset);
  }

  void onPush(Push.RoomMessages push) {
    if (known == null || follower.isBusy()) {
      if (waiting.size() < MAX_WAITING_PUSHES) {
        waiting.add(push);
      } else {
        hasDroppedPushes = true;
      }
      return;
    }
    Message last = push.messages().get(push.messages().size() - 1);
    long first = push.messages().get(0).offset();
    if (push.epoch().equals(epoch()) && first == top + 1 && push.previousTimeMs() == topTimeMs) {
      append(push.messages());
      wakeMembers();
    } else if (push.epoch().equals(epoch())
        && last.offset() <= top
        && last.publishedAtMs() <= topTimeMs) {
      // It came before. In a log that has lost its end the message would be younger than the top.
      return;
    } else {
      follower.ask();
    }
  }

  private void append(List<Message> messages) {
    if (tail.isEmpty()) {
      wakeups.onTailInUse(this);
    }
    for (Message message : messages) {
      if (message.offset() == top + 1) {
        tail.append(message, topTimeMs);
        top = message.offset();
        topTimeMs = message.publishedAtMs();
      }
    }
    lastAppendNanos = context.nanoTime().getAsLong();
  }

  void wakeMembers() {
    for (int index = 0; index < members.size(); index++) {
      wakeIfBehind(members.get(index));
    }
  }

  void wakeIfBehind(Member member) {
    if (!member.isQueued && !member.isReading() && member.isBehind()) {
      wakeups.onBehind(member);
    }
  }

  /** Runs {@code action} once nothing is asked any more. */
  void whenSettled(Runnable action) {
    unsettled.add(action);
  }

  /** Something contradicts what is known; {@code action} runs once that is settled. */
  void askAndThen(Runnable action) {
    whenSettled(action);
    follower.ask();
  }

  /** Nothing is asked any more: what waited for that goes on. */
  void onSettled() {
    List<Runnable> postponed = List.copyOf(unsettled);
    unsettled.clear();
    postponed.forEach(Runnable::run);
    applyWaiting();
  }

  private void applyWaiting() {
    List<Push.RoomMessages> pushes = List.copyOf(waiting);
    waiting.clear();
    boolean isIncomplete = hasDroppedPushes;
    hasDroppedPushes = false;
    pushes.forEach(this::onPush);
    if (isIncomplete) {
      follower.ask();
    }
  }

  boolean isAtEndOf(RoomState state) {
    return state.top() == top && state.topTimeMs() == topTimeMs;
  }

  /**
   * Returns whether a page of the present epoch, read while nothing else was appended here, shows
   * that the log has lost its end.
   */
  boolean isContradictedBy(LogPage page) {
    RoomState state = page.state();
    return state.top() < top
        || state.top() == top && topTimeMs != 0 && state.topTimeMs() != topTimeMs
        || isReplacedIn(page);
  }

  /** Returns whether a message below the top is younger than the top. */
  boolean isReplacedIn(LogPage page) {
    return topTimeMs != 0
        && page.messages().stream()
            .anyMatch(message -> message.offset() <= top && message.publishedAtMs() > topTimeMs);
  }

  /** What is stored behind the known top was read; returns whether there was any. */
  boolean onPage(LogPage page) {
    long topBefore = top;
    if (page.firstRetained() > top + 1) {
      // Members that needed these find out when they read the log themselves.
      tail.clear();
      top = page.firstRetained() - 1;
      topTimeMs = 0;
    }
    append(page.messages());
    if (page.state().top() == top) {
      topTimeMs = page.state().topTimeMs();
    }
    wakeMembers();
    return top > topBefore;
  }

  /**
   * The log lost its end and has a new epoch; up to {@code same} it holds what was known here.
   * Members that were behind that go back to it, and are told what they have had in vain.
   */
  void onNewEpoch(RoomState state, Position same) {
    String oldEpoch = epoch();
    long oldTop = top;
    known = state;
    top = same.offset();
    topTimeMs = same.timeMs();
    forgetMessages();
    for (Member member : List.copyOf(members)) {
      // The others are being placed.
      boolean isPlaced = member.isPlaced() && !member.isOut() && oldEpoch.equals(member.epoch);
      if (isPlaced && member.isChecked && member.sent <= oldTop) {
        places.move(member, member.sent <= top ? member.sentPosition(epoch()) : same);
      } else if (isPlaced) {
        places.relocate(member);
      }
    }
    wakeMembers();
  }

  /** The log began anew: everything in it is new to the members, and nobody knows what was lost. */
  void beginAnew(RoomState state) {
    known = state;
    top = state.top();
    topTimeMs = state.topTimeMs();
    forgetMessages();
    for (Member member : List.copyOf(members)) {
      if (member.isPlaced()) {
        places.restart(member, member.sent);
      }
    }
    wakeMembers();
  }

  private void forgetMessages() {
    forgetTail();
    catchUp.forgetPages();
  }

  void notifyGap(Member member, long from, long to) {
    if (!member.session.hasEnded()) {
      member.session.notifyGap(new GapNotice(name, from, to, epoch()));
    }
  }

  /**
   * Returns what comes next for a member that is behind: from what was read for it, else from
   * memory; null if the log must be read.
   *
   * @param limit what it may hold, unless it was read with another one
   * @param isFirst whether it begins a batch: then members at the same place share it, and if
   *     nothing follows it, the batch
   */
  Run next(Member member, BatchLimit limit, boolean isFirst) {
    if (!epoch().equals(member.epoch) || member.isReading()) {
      return null;
    }
    if (!member.fetched.isEmpty()) {
      return member.fetched.peek();
    }
    if (!tail.reachesBackTo(member.sent)) {
      return catchUp.fromPages(member, limit, isFirst);
    }
    if (!isChecked(member)) {
      return null;
    }
    boolean isShared = isFirst && member.until == Long.MAX_VALUE;
    if (isShared
        && lastRun != null
        && lastRun.limit().equals(limit)
        && lastRun.from() == member.sent + 1
        && (lastRunTop == top || lastRun.messages().size() == limit.messages())) {
      return lastRun;
    }
    int count = (int) Math.min(limit.messages(), member.until - member.sent);
    Run run = Run.of(this, tail.after(member.sent, count, limit.characters()), limit);
    if (isShared) {
      lastRun = run;
      lastRunTop = top;
    }
    return run;
  }

  /**
   * The member has been sent what comes before its place. If it is alone and at the end, nobody
   * will need that from memory: another one that comes back reads the log.
   */
  void onSent(Member member) {
    if (members.size() == 1 && member.sent == top) {
      forgetTail();
    }
  }

  private void forgetTail() {
    tail.clear();
    lastRun = null;
  }

  private boolean isChecked(Member member) {
    if (!member.isChecked) {
      OptionalLong timeHere = timeAt(member.sent);
      boolean isUnknown = member.sentTimeMs == 0 || timeHere.isEmpty();
      if (isUnknown || timeHere.getAsLong() == member.sentTimeMs) {
        member.isChecked = true;
      } else {
        places.relocate(member);
      }
    }
    return member.isChecked;
  }

  /** Reads the log for a member that memory can't serve, so much of it. */
  void read(Member member, BatchLimit limit) {
    catchUp.read(member, limit);
  }

  /**
   * Forgets the messages in memory if none came since {@code sinceNanos}, and pages that were read
   * some time ago; returns whether there are none now.
   */
  boolean dropTailIfUnused(long sinceNanos) {
    if (lastAppendNanos - sinceNanos < 0) {
      forgetTail();
    }
    return catchUp.dropOldPages() && tail.isEmpty();
  }
}
