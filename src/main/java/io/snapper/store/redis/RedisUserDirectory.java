package io.snapper.store.redis;

import io.snapper.core.auth.DeviceKind;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.UserId;
import io.snapper.core.store.UserDirectory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.redisson.client.protocol.RedisCommands;

/** Who is connected, on Redis: a hash per user. */
final class RedisUserDirectory implements UserDirectory {
  /** Longer than a call can be under way that its caller has given up. */
  private static final Duration LONGEST_MEMORY_OF_LEFT = Duration.ofMinutes(1);

  private final ScriptRunner scripts;
  private final CallGatherer gatherer;
  private final RedisKeys keys;
  private final Duration memoryOfLeft;
  private final Duration changeLife;

  /**
   * Creates a view.
   *
   * @param mailboxLife how long a change of who is online waits to be told, and the longest time
   *     for which a claim that has left is remembered
   * @param isRecording whether changes are recorded
   */
  RedisUserDirectory(
      ScriptRunner scripts,
      CallGatherer gatherer,
      RedisKeys keys,
      Duration mailboxLife,
      boolean isRecording) {
    this.scripts = scripts;
    this.gatherer = gatherer;
    this.keys = keys;
    this.memoryOfLeft = RedisStoreOptions.shorter(LONGEST_MEMORY_OF_LEFT, mailboxLife);
    this.changeLife = isRecording ? mailboxLife : Duration.ZERO;
  }

  @Override
  public CompletionStage<Outcome> enter(UserId user, Connection connection) {
    String written =
        connection.node()
            + "\t"
            + connection.device()
            + "\t"
            + connection.fence()
            + "\t"
            + connection.sinceMs();
    return gatherer
        .run(
            LuaScript.USER_ENTER,
            keysOf(user, connection.consumer()),
            connection.consumer(),
            connection.fence(),
            written,
            user,
            changeLife.toMillis())
        .thenApply(RedisUserDirectory::outcome);
  }

  @Override
  public CompletionStage<Outcome> leave(UserId user, ConsumerId consumer, long fence) {
    return gatherer
        .run(
            LuaScript.USER_LEAVE,
            keysOf(user, consumer),
            consumer,
            fence,
            memoryOfLeft.toMillis(),
            user,
            changeLife.toMillis())
        .thenApply(RedisUserDirectory::outcome);
  }

  private List<String> keysOf(UserId user, ConsumerId consumer) {
    return List.of(
        keys.user(user), keys.left(user, consumer), keys.changes(keys.partitionOf(user)));
  }

  private static Outcome outcome(Object reply) {
    List<Object> fields = Replies.list(reply);
    return new Outcome(
        Replies.isOne(fields.get(0)),
        Math.toIntExact(Replies.number(fields.get(1))),
        Replies.isOne(fields.get(2)));
  }

  @Override
  public CompletionStage<List<Connection>> connections(UserId user) {
    return scripts
        .<Map<Object, Object>>command(RedisCommands.HGETALL, keys.user(user))
        .thenApply(
            hash -> {
              List<Connection> connections = new ArrayList<>();
              hash.forEach(
                  (consumer, written) ->
                      connections.add(connection(Replies.text(consumer), Replies.text(written))));
              return List.copyOf(connections);
            });
  }

  private static Connection connection(String consumer, String written) {
    String[] fields = written.split("\t");
    return new Connection(
        new ConsumerId(consumer),
        new NodeId(fields[0]),
        DeviceKind.valueOf(fields[1]),
        Long.parseLong(fields[2]),
        Long.parseLong(fields[3]));
  }
}
