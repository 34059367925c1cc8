package io.snapper.store.comparison;

import io.snapper.core.error.ErrorCode;
import io.snapper.core.error.SnapperException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** What a call came to: a value, or a refusal. */
record Answer<T>(T value, ErrorCode refusal, String details) {
  private static final long TIMEOUT_SECONDS = 20;

  static <T> Answer<T> of(CompletionStage<T> stage) {
    try {
      T value = stage.toCompletableFuture().orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
      return new Answer<>(value, null, "");
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof SnapperException refused) {
        return new Answer<>(null, refused.code(), refused.getMessage() + causeOf(refused));
      }
      throw failure;
    }
  }

  private static String causeOf(SnapperException refused) {
    return refused.getCause() == null ? "" : " (" + refused.getCause().getMessage() + ")";
  }

  boolean isRefused() {
    return refusal != null;
  }

  @Override
  public String toString() {
    return isRefused() ? refusal + ": " + details : String.valueOf(value);
  }
}
