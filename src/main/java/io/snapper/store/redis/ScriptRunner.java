package io.snapper.store.redis;

import io.snapper.core.error.ErrorCode;
import io.snapper.core.error.SnapperException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.redisson.Redisson;
import org.redisson.client.RedisException;
import org.redisson.client.RedisNoScriptException;
import org.redisson.client.RedisOutOfMemoryException;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.protocol.RedisCommand;
import org.redisson.client.protocol.RedisCommands;
import org.redisson.client.protocol.decoder.ObjectListReplayDecoder;
import org.redisson.command.CommandAsyncExecutor;
import org.redisson.connection.MasterSlaveEntry;

/**
 * Runs scripts and single commands on Redis. Thread safe.
 *
 * <p>Nothing is ever sent twice by itself: a call whose answer does not come fails with {@code
 * UNAVAILABLE}, and its caller, who knows whether doing it again is harmless, decides.
 *
 * <p>Answers consist of {@code byte[]}, {@code Long}, null, and lists of these.
 */
final class ScriptRunner {
  private static final RedisCommand<Object> EVALSHA = evaluation("EVALSHA");
  private static final RedisCommand<Object> EVAL = evaluation("EVAL");

  private static final RareWarning FULL_MEMORY =
      new RareWarning(System.getLogger(ScriptRunner.class.getName()), Duration.ofMinutes(1));

  private volatile CommandAsyncExecutor connected;

  /** Gives the runner its connection; until then every call fails with {@code UNAVAILABLE}. */
  void connect(Redisson redisson) {
    connected = redisson.getCommandExecutor();
  }

  /** What is done with a connection. */
  private interface Use<T> {
    CompletionStage<T> with(CommandAsyncExecutor executor);
  }

  private <T> CompletionStage<T> whenConnected(Use<T> use) {
    CommandAsyncExecutor executor = connected;
    return executor == null
        ? CompletableFuture.failedFuture(
            SnapperException.unavailable("Redis has not been reached yet", null))
        : use.with(executor);
  }

  /**
   * One run of a script. All keys lie in one partition.
   *
   * @param arguments {@code byte[]} as they are, everything else as text
   */
  record Call(LuaScript script, List<String> keys, Object... arguments) {}

  /** Returns the master that has the key now, if that is known. */
  Optional<MasterSlaveEntry> masterOf(String key) {
    return Optional.ofNullable(connected).map(executor -> BatchPerMaster.masterOf(key, executor));
  }

  /** Loads all scripts on all masters, so that they are there in the usual case. */
  CompletionStage<Void> loadAll() {
    return whenConnected(
        executor -> {
          List<CompletableFuture<?>> loads = new ArrayList<>();
          for (LuaScript script : LuaScript.values()) {
            loads.addAll(executor.writeAllAsync(RedisCommands.SCRIPT_LOAD, script.text()));
          }
          return translated(CompletableFuture.allOf(loads.toArray(CompletableFuture<?>[]::new)));
        });
  }

  /** Runs a script. */
  CompletionStage<Object> run(LuaScript script, List<String> keys, Object... arguments) {
    return run(new Call(script, keys, arguments));
  }

  CompletionStage<Object> run(Call call) {
    return whenConnected(
        executor ->
            translated(
                withText(executor, call, send(executor, EVALSHA, call.script().digest(), call))));
  }

  /** Runs several scripts, written together; each has its own answer or failure. */
  List<CompletionStage<Object>> runTogether(List<Call> calls) {
    CommandAsyncExecutor executor = connected;
    if (executor == null || calls.size() == 1) {
      return calls.stream().map(this::run).toList();
    }
    BatchPerMaster batches = new BatchPerMaster(executor);
    List<CompletionStage<Object>> answers = new ArrayList<>(calls.size());
    for (Call call : calls) {
      CompletableFuture<Object> answer =
          batches.add(
              call.keys().get(0), batch -> send(batch, EVALSHA, call.script().digest(), call));
      answers.add(translated(withText(executor, call, answer)));
    }
    batches.execute();
    return answers;
  }

  /** Runs several scripts, written together; the answers have the order of the calls. */
  CompletionStage<List<Object>> runAll(List<Call> calls) {
    if (calls.size() == 1) {
      return run(calls.get(0)).thenApply(List::of);
    }
    return whenConnected(
        executor -> {
          BatchPerMaster batches = new BatchPerMaster(executor);
          List<CompletableFuture<Object>> answers = new ArrayList<>(calls.size());
          for (Call call : calls) {
            answers.add(
                batches.add(
                    call.keys().get(0),
                    batch -> send(batch, EVALSHA, call.script().digest(), call)));
          }
          batches.execute();
          return translated(
              all(answers)
                  .handle(
                      (results, failure) ->
                          failure == null
                              ? CompletableFuture.completedFuture(results)
                              : all(withTexts(executor, calls, answers)))
                  .thenCompose(stage -> stage));
        });
  }

  private static List<CompletableFuture<Object>> withTexts(
      CommandAsyncExecutor executor, List<Call> calls, List<CompletableFuture<Object>> answers) {
    List<CompletableFuture<Object>> mended = new ArrayList<>(calls.size());
    for (int index = 0; index < calls.size(); index++) {
      mended.add(withText(executor, calls.get(index), answers.get(index)).toCompletableFuture());
    }
    return mended;
  }

  /** Returns one field of several hashes; null where there is none. */
  CompletionStage<List<Object>> getFields(List<String> keys, String field) {
    return commandsTogether(
        RedisCommands.HGET, keys.stream().map(key -> new Object[] {key, field}).toList());
  }

  /** Runs one command on the master of a key. */
  <T> CompletionStage<T> command(RedisCommand<?> command, String key, Object... arguments) {
    Object[] parameters = new Object[arguments.length + 1];
    parameters[0] = key;
    System.arraycopy(arguments, 0, parameters, 1, arguments.length);
    return whenConnected(
        executor ->
            translated(
                executor.<Object, T>writeAsync(
                    key, ByteArrayCodec.INSTANCE, erased(command), parameters)));
  }

  /**
   * Runs a command several times, written together.
   *
   * @param parameters of each run; the first one is its key
   * @return the answers in the order of the runs
   */
  CompletionStage<List<Object>> commandsTogether(
      RedisCommand<?> command, List<Object[]> parameters) {
    return whenConnected(
        executor -> {
          BatchPerMaster batches = new BatchPerMaster(executor);
          List<CompletableFuture<Object>> answers = new ArrayList<>(parameters.size());
          for (Object[] ofOne : parameters) {
            String key = (String) ofOne[0];
            answers.add(
                batches.add(
                    key,
                    batch ->
                        batch.<Object, Object>writeAsync(
                            key, ByteArrayCodec.INSTANCE, erased(command), ofOne)));
          }
          batches.execute();
          return allOf(answers);
        });
  }

  /** Runs one command on every master. */
  <T> CompletionStage<List<T>> commandOnAll(RedisCommand<T> command) {
    return whenConnected(
        executor -> {
          List<CompletableFuture<T>> answers =
              executor.writeAllAsync(ByteArrayCodec.INSTANCE, command);
          return allOf(answers);
        });
  }

  @SuppressWarnings("unchecked") // Redisson's type says what a decoder yields, not what is sent.
  static RedisCommand<Object> erased(RedisCommand<?> command) {
    return (RedisCommand<Object>) command;
  }

  private static RedisCommand<Object> evaluation(String name) {
    return erased(new RedisCommand<List<Object>>(name, new ObjectListReplayDecoder<Object>()));
  }

  private static CompletionStage<Object> send(
      CommandAsyncExecutor executor, RedisCommand<Object> command, String script, Call call) {
    return executor.evalWriteAsync(
        call.keys().get(0),
        ByteArrayCodec.INSTANCE,
        command,
        script,
        List.copyOf(call.keys()),
        call.arguments());
  }

  /** Sends the text of a script that a server does not know: it is new, or has been restarted. */
  private static CompletionStage<Object> withText(
      CommandAsyncExecutor executor, Call call, CompletionStage<Object> answer) {
    return answer
        .handle(
            (result, failure) ->
                unwrapped(failure) instanceof RedisNoScriptException
                    ? send(executor, EVAL, call.script().text(), call)
                    : answer)
        .thenCompose(stage -> stage);
  }

  private static <T> CompletionStage<List<T>> allOf(List<CompletableFuture<T>> answers) {
    return translated(all(answers));
  }

  private static <T> CompletableFuture<List<T>> all(List<CompletableFuture<T>> answers) {
    return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
        .thenApply(
            done -> {
              List<T> results = new ArrayList<>(answers.size());
              for (CompletableFuture<T> answer : answers) {
                results.add(answer.join());
              }
              return results;
            });
  }

  /** Makes of Redisson's failures what the ports promise. */
  static <T> CompletionStage<T> translated(CompletionStage<T> answer) {
    CompletableFuture<T> outcome = new CompletableFuture<>();
    answer.whenComplete(
        (result, failure) -> {
          if (failure == null) {
            outcome.complete(result);
          } else {
            outcome.completeExceptionally(translated(unwrapped(failure)));
          }
        });
    return outcome;
  }

  /** Makes of what Redis said about a part of a script's work what the ports promise. */
  static SnapperException refusal(String message) {
    return translated(
        message.startsWith("OOM")
            ? new RedisOutOfMemoryException(message)
            : new RedisException(message));
  }

  private static SnapperException translated(Throwable failure) {
    if (failure instanceof SnapperException refusal) {
      return refusal;
    }
    if (failure instanceof RedisOutOfMemoryException) {
      FULL_MEMORY.log("Redis is out of memory (maxmemory): publications and joins are refused");
      return new SnapperException(
          ErrorCode.STORE_FULL, "Redis is out of memory (maxmemory); nothing was stored", failure);
    }
    if (isFaultOfOurs(failure)) {
      return new SnapperException(ErrorCode.INTERNAL, "Redis refused a command", failure);
    }
    return SnapperException.unavailable("Redis does not answer", failure);
  }

  /** Returns whether Redis will never take this, however often it is sent. */
  private static boolean isFaultOfOurs(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    return failure.getClass() == RedisException.class
        && (message.startsWith("ERR")
            || message.startsWith("WRONGTYPE")
            || message.startsWith("NOPERM"));
  }

  static Throwable unwrapped(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
