package io.snapper.store.redis;

import io.snapper.core.message.ConsumerId;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.Position;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.MailboxUpdate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.redisson.client.protocol.RedisCommands;

/**
 * What nodes have noted of consumers, on Redis: hashes with a field for each consumer, of which one
 * plain command writes many.
 *
 * <p>They lie in other partitions than the mailboxes, so whoever claims a mailbox reads its note in
 * a step of its own. That may be done at any time, and again: a note only says how far the consumer
 * has come.
 *
 * <p>The text of a note is {@code <fence> TAB <number>}, then {@code TAB <room> TAB <position>} for
 * each room that moved. Names have no control characters.
 */
final class RedisNotes {
  private static final char SEPARATOR = '\t';

  /** How many notes one command writes or removes at most, so that none holds Redis up. */
  private static final int MAX_PER_COMMAND = 512;

  private final ScriptRunner scripts;
  private final RedisKeys keys;

  RedisNotes(ScriptRunner scripts, RedisKeys keys) {
    this.scripts = scripts;
    this.keys = keys;
  }

  CompletionStage<Void> write(NodeId node, Collection<MailboxUpdate> updates) {
    KeyedArguments notes = new KeyedArguments(2 * MAX_PER_COMMAND);
    for (MailboxUpdate update : updates) {
      notes.add(keys.notes(node, update.consumer()), update.consumer().value(), textOf(update));
    }
    return scripts
        .commandsTogether(RedisCommands.HSET_VOID, notes.commands())
        .thenAccept(answers -> {});
  }

  CompletionStage<Void> drop(NodeId node, Collection<ConsumerId> consumers) {
    KeyedArguments notes = new KeyedArguments(MAX_PER_COMMAND);
    for (ConsumerId consumer : consumers) {
      notes.add(keys.notes(node, consumer), consumer.value());
    }
    return scripts.commandsTogether(RedisCommands.HDEL, notes.commands()).thenAccept(answers -> {});
  }

  /** Returns what was noted under the same claim after this save, if anything. */
  CompletionStage<Optional<MailboxUpdate>> find(ConsumerId consumer, LastSave save) {
    return scripts
        .<Object>command(RedisCommands.HGET, keys.notes(save.node(), consumer), consumer.value())
        .thenApply(
            text ->
                Optional.ofNullable(text)
                    .map(present -> parse(consumer, Replies.text(present)))
                    .filter(note -> note.fence() == save.fence() && note.number() > save.number()));
  }

  private static String textOf(MailboxUpdate update) {
    StringBuilder text = new StringBuilder(96);
    text.append(update.fence()).append(SEPARATOR).append(update.number());
    update
        .cursors()
        .forEach(
            (room, position) ->
                text.append(SEPARATOR).append(room).append(SEPARATOR).append(position));
    return text.toString();
  }

  /** Returns the update, which keeps the batch in flight as it is. */
  private static MailboxUpdate parse(ConsumerId consumer, String text) {
    String[] parts = text.split(String.valueOf(SEPARATOR));
    Map<RoomName, Position> cursors = new LinkedHashMap<>();
    for (int index = 2; index < parts.length; index += 2) {
      cursors.put(new RoomName(parts[index]), Position.parse(parts[index + 1]));
    }
    return new MailboxUpdate(
        consumer,
        Long.parseLong(parts[0]),
        Long.parseLong(parts[1]),
        cursors,
        Map.of(),
        Optional.empty(),
        true);
  }

  /** Arguments of commands, gathered by their keys. */
  private static final class KeyedArguments {
    private final int mostPerCommand;
    private final Map<String, List<Object>> open = new LinkedHashMap<>();
    private final List<Object[]> commands = new ArrayList<>();

    KeyedArguments(int mostPerCommand) {
      this.mostPerCommand = mostPerCommand;
    }

    void add(String key, String... arguments) {
      List<Object> command = open.computeIfAbsent(key, unknown -> new ArrayList<>(List.of(key)));
      command.addAll(List.of(arguments));
      if (command.size() > mostPerCommand) {
        commands.add(open.remove(key).toArray());
      }
    }

    /** Returns the commands' parameters, of which the first is the key. */
    List<Object[]> commands() {
      open.values().forEach(command -> commands.add(command.toArray()));
      open.clear();
      return commands;
    }
  }
}
