package io.snapper.store.redis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.redisson.api.BatchOptions;
import org.redisson.command.CommandAsyncExecutor;
import org.redisson.command.CommandBatchService;
import org.redisson.connection.ConnectionManager;
import org.redisson.connection.MasterSlaveEntry;

/**
 * Commands that are written together, in one batch for each master. Not thread safe.
 *
 * <p>Redisson's batches may span masters. But if one of these can't be reached, all commands of the
 * batch fail with one exception, and the answers of the other masters are decoded as a fault.
 */
final class BatchPerMaster {
  private final CommandAsyncExecutor executor;
  private final Map<MasterSlaveEntry, Batch> batches = new HashMap<>();

  BatchPerMaster(CommandAsyncExecutor executor) {
    this.executor = executor;
  }

  /**
   * Adds a command to the batch of the master that has its key now.
   *
   * @param send sends the command to what it is given
   */
  <T> CompletableFuture<T> add(
      String key, Function<CommandAsyncExecutor, CompletionStage<T>> send) {
    Batch batch = batches.computeIfAbsent(masterOf(key, executor), master -> new Batch(executor));
    return batch.add(send);
  }

  /** Returns the master that has the key now, or null if nobody has it. */
  static MasterSlaveEntry masterOf(String key, CommandAsyncExecutor executor) {
    ConnectionManager servers = executor.getConnectionManager();
    return servers.getWriteEntry(servers.calcSlot(key));
  }

  /** Writes what was added. */
  void execute() {
    batches.values().forEach(Batch::execute);
  }

  private static final class Batch {
    private final CommandBatchService commands;
    private final List<CompletableFuture<?>> answers = new ArrayList<>();

    private Batch(CommandAsyncExecutor executor) {
      this.commands = new CommandBatchService(executor, BatchOptions.defaults().retryAttempts(0));
    }

    private <T> CompletableFuture<T> add(Function<CommandAsyncExecutor, CompletionStage<T>> send) {
      CompletableFuture<T> answer = send.apply(commands).toCompletableFuture();
      answers.add(answer);
      return answer;
    }

    /**
     * Writes the commands. Answers that are still open when the batch has failed fail with it:
     * Redisson leaves them open for ever if the server has answered that the command may be sent
     * again (CLUSTERDOWN, LOADING, MOVED …), for it counts on a repetition.
     */
    private void execute() {
      commands
          .executeAsync()
          .whenComplete(
              (done, failure) -> {
                if (failure != null) {
                  Throwable cause = ScriptRunner.unwrapped(failure);
                  answers.forEach(answer -> answer.completeExceptionally(cause));
                }
              });
    }
  }
}
