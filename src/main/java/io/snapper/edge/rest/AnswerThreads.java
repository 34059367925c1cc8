package io.snapper.edge.rest;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The threads that write answers. The engine's threads, on which results complete, must not: a
 * caller that reads slowly would hold them. They are the container's, but in a pool of our own,
 * since a container's executor captures its context anew for each task.
 */
@ApplicationScoped
public class AnswerThreads {
  private static final int THREADS = 16;
  private static final long IDLE_SECONDS = 60;

  @Resource private ManagedThreadFactory threadFactory;

  private ThreadPoolExecutor executor;

  @PostConstruct
  void start() {
    executor =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            threadFactory);
    executor.allowCoreThreadTimeOut(true);
  }

  @PreDestroy
  void stop() {
    executor.shutdownNow();
  }

  /** Returns the answer to a request: what {@code encoder} makes of the result, or a problem. */
  public <T> CompletionStage<Response> answer(
      CompletionStage<T> result, Function<T, Response> encoder) {
    return result
        .thenApplyAsync(encoder, executor)
        .exceptionallyAsync(Problems::response, executor);
  }
}
