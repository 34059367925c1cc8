package io.snapper.store.redis;

import java.util.HashMap;
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
    ConnectionManager servers = executor.getConnectionManager();
    Batch batch =
        batches.computeIfAbsent(
            servers.getWriteEntry(servers.calcSlot(key)), master -> new Batch(executor));
    return batch.failingWithIt(send.apply(batch.commands));
  }

  /** Writes what was added. */
  void execute() {
    batches.values().forEach(Batch::execute);
  }

  private static final class Batch {
    private final CommandBatchService commands;
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    private Batch(CommandAsyncExecutor executor) {
      this.commands = new CommandBatchService(executor, BatchOptions.defaults().retryAttempts(0));
    }

    private void execute() {
      commands
          .executeAsync()
          .whenComplete(
              (done, failure) -> {
                if (failure == null) {
                  end.complete(null);
                } else {
                  end.completeExceptionally(failure);
                }
              });
    }

    /**
     * Fails an answer that is still open when its batch has failed. Redisson leaves it open for
     * ever if the server has answered that the command may be sent again (CLUSTERDOWN, LOADING,
     * MOVED …), for it counts on a repetition.
     */
    private <T> CompletableFuture<T> failingWithIt(CompletionStage<T> answer) {
      CompletableFuture<T> outcome = new CompletableFuture<>();
      answer.whenComplete(
          (result, failure) -> {
            if (failure == null) {
              outcome.complete(result);
            } else {
              outcome.completeExceptionally(failure);
            }
          });
      end.whenComplete(
          (done, failure) -> {
            if (failure != null) {
              outcome.completeExceptionally(ScriptRunner.unwrapped(failure));
            }
          });
      return outcome;
    }
  }
}
