package io.snapper.store.redis;

import io.snapper.core.auth.DeviceKind;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.UserId;
import io.snapper.core.store.PresenceChange;
import io.snapper.core.store.PresenceLog;
import io.snapper.core.store.UserDirectory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Who came online and who went, on Redis: a stream per partition. A change's number is its id in
 * the stream: ms since 1970 and a count within the ms.
 */
final class RedisPresenceLog implements PresenceLog {
  private static final int COUNT_BITS = 20;
  private static final int FIELDS_PER_CHANGE = 5;

  /** As long as an empty list is there, no clock that goes back can repeat a number. */
  private static final Duration LONGEST_LIFE_OF_EMPTY_LIST = Duration.ofMinutes(10);

  private final ScriptRunner scripts;
  private final RedisKeys keys;
  private final UserDirectory users;
  private final Duration emptyListLife;

  /**
   * Creates a view.
   *
   * @param mailboxLife how long a change waits to be told
   */
  RedisPresenceLog(
      ScriptRunner scripts, CallGatherer gatherer, RedisKeys keys, Duration mailboxLife) {
    this.scripts = scripts;
    this.keys = keys;
    this.users = new RedisUserDirectory(scripts, gatherer, keys, mailboxLife, true);
    this.emptyListLife = RedisStoreOptions.shorter(LONGEST_LIFE_OF_EMPTY_LIST, mailboxLife);
  }

  @Override
  public int partitions() {
    return keys.partitions();
  }

  @Override
  public int partitionOf(UserId user) {
    return keys.partitionOf(user);
  }

  @Override
  public CompletionStage<Outcome> enter(UserId user, Connection connection) {
    return users.enter(user, connection);
  }

  @Override
  public CompletionStage<Outcome> leave(UserId user, ConsumerId consumer, long fence) {
    return users.leave(user, consumer, fence);
  }

  @Override
  public CompletionStage<List<Connection>> connections(UserId user) {
    return users.connections(user);
  }

  @Override
  public CompletionStage<List<Taken>> take(
      NodeId node, List<Request> requests, Duration lease, int maxChanges) {
    if (requests.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    return scripts
        .runAll(
            requests.stream().map(request -> takeCall(node, request, lease, maxChanges)).toList())
        .thenApply(replies -> replies.stream().map(RedisPresenceLog::taken).toList());
  }

  private ScriptRunner.Call takeCall(NodeId node, Request request, Duration lease, int maxChanges) {
    return new ScriptRunner.Call(
        LuaScript.PRESENCE_TAKE,
        List.of(keys.changes(request.partition()), keys.teller(request.partition())),
        node,
        lease.toMillis(),
        request.toldNumber() == 0 ? "" : idOf(request.toldNumber() + 1),
        maxChanges,
        emptyListLife.toMillis());
  }

  private static Taken taken(Object reply) {
    List<Object> fields = Replies.list(reply);
    List<PresenceChange> changes = new ArrayList<>();
    for (int at = 1; at < fields.size(); at += FIELDS_PER_CHANGE) {
      String id = Replies.text(fields.get(at));
      int dash = id.indexOf('-');
      long atMs = Long.parseLong(id.substring(0, dash));
      changes.add(
          new PresenceChange(
              new UserId(Replies.text(fields.get(at + 1))),
              Replies.text(fields.get(at + 2)).equals("online"),
              (atMs << COUNT_BITS) + Long.parseLong(id.substring(dash + 1)),
              atMs,
              DeviceKind.valueOf(Replies.text(fields.get(at + 3))),
              new NodeId(Replies.text(fields.get(at + 4)))));
    }
    return new Taken(Replies.number(fields.get(0)), changes);
  }

  private static String idOf(long number) {
    return (number >> COUNT_BITS) + "-" + (number & ((1 << COUNT_BITS) - 1));
  }
}
