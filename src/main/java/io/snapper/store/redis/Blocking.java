package io.snapper.store.redis;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Waits for an answer; only where a store is opened. */
final class Blocking {
  private Blocking() {}

  static <T> T get(CompletionStage<T> answer) {
    try {
      return answer.toCompletableFuture().join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failure;
    }
  }
}
