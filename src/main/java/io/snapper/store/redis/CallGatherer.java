package io.snapper.store.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes calls together that come close to each other: when thousands of consumers connect at once,
 * a batch costs each of them a fraction of a call of its own. While few calls are under way each
 * one goes at once.
 *
 * <p>The calls of a batch have nothing to do with each other: each has its own answer or failure.
 * Thread safe.
 */
final class CallGatherer {
  /** Calls under way up to which one more goes alone. */
  private static final int MAX_SINGLE_CALLS = 16;

  private static final int MAX_CALLS_PER_BATCH = 128;

  private final ScriptRunner scripts;
  private final Executor writer;
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicBoolean isWritingPlanned = new AtomicBoolean();

  private record Waiting(ScriptRunner.Call call, CompletableFuture<Object> answer) {}

  /**
   * Creates a gatherer.
   *
   * @param writer one thread that writes the batches; what comes while it works goes in the next
   */
  CallGatherer(ScriptRunner scripts, Executor writer) {
    this.scripts = scripts;
    this.writer = writer;
  }

  /** Runs a script, perhaps together with others. */
  CompletionStage<Object> run(LuaScript script, List<String> keys, Object... arguments) {
    ScriptRunner.Call call = new ScriptRunner.Call(script, keys, arguments);
    if (underWay.incrementAndGet() <= MAX_SINGLE_CALLS) {
      return scripts.run(call).whenComplete((answer, failure) -> underWay.decrementAndGet());
    }
    Waiting added = new Waiting(call, new CompletableFuture<>());
    waiting.add(added);
    planWriting();
    return added.answer();
  }

  private void planWriting() {
    if (isWritingPlanned.compareAndSet(false, true)) {
      try {
        writer.execute(this::write);
      } catch (RejectedExecutionException closed) {
        // The store is being closed; the calls fail as any call does then.
        write();
      }
    }
  }

  private void write() {
    isWritingPlanned.set(false);
    while (!waiting.isEmpty()) {
      List<Waiting> batch = new ArrayList<>();
      Waiting next;
      while (batch.size() < MAX_CALLS_PER_BATCH && (next = waiting.poll()) != null) {
        batch.add(next);
      }
      write(batch);
    }
  }

  private void write(List<Waiting> batch) {
    List<CompletionStage<Object>> answers =
        scripts.runTogether(batch.stream().map(Waiting::call).toList());
    for (int index = 0; index < batch.size(); index++) {
      CompletableFuture<Object> answer = batch.get(index).answer();
      answers
          .get(index)
          .whenComplete(
              (result, failure) -> {
                underWay.decrementAndGet();
                if (failure == null) {
                  answer.complete(result);
                } else {
                  answer.completeExceptionally(failure);
                }
              });
    }
  }
}
