package io.snapper.store.redis;

import io.snapper.core.auth.DeviceKind;
import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.UserId;
import io.snapper.core.store.UserDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.redisson.client.protocol.RedisCommands;

/** Who is connected, on Redis: a hash per user. */
final class RedisUserDirectory implements UserDirectory {
  private final ScriptRunner scripts;
  private final RedisKeys keys;

  RedisUserDirectory(ScriptRunner scripts, RedisKeys keys) {
    this.scripts = scripts;
    this.keys = keys;
  }

  @Override
  public CompletionStage<Void> enter(UserId user, Connection connection) {
    String written =
        connection.node()
            + "\t"
            + connection.device()
            + "\t"
            + connection.fence()
            + "\t"
            + connection.sinceMs();
    return scripts
        .run(
            LuaScript.USER_ENTER,
            List.of(keys.user(user)),
            connection.consumer(),
            connection.fence(),
            written)
        .thenApply(reply -> null);
  }

  @Override
  public CompletionStage<Integer> leave(UserId user, ConsumerId consumer, long fence) {
    return scripts
        .run(LuaScript.USER_LEAVE, List.of(keys.user(user)), consumer, fence)
        .thenApply(reply -> Math.toIntExact(Replies.number(reply)));
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
