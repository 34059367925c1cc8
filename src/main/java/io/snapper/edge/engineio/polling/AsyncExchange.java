package io.snapper.edge.engineio.polling;

import io.snapper.edge.engineio.EngineIoEdge;
import io.snapper.edge.engineio.Refusal;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * A servlet request that waits without a thread and is answered without blocking one, however
 * slowly the client reads: as long as its session lives. One that is unread then is given up within
 * the time that a peer may be silent.
 */
final class AsyncExchange implements Exchange {
  private final AsyncContext context;
  private final EngineIoEdge edge;
  private final BooleanSupplier isOwnerGone;
  private final AtomicBoolean isAnswered = new AtomicBoolean();

  private AsyncExchange(AsyncContext context, EngineIoEdge edge, BooleanSupplier isOwnerGone) {
    this.context = context;
    this.edge = edge;
    this.isOwnerGone = isOwnerGone;
  }

  /**
   * Lets a request wait.
   *
   * @param edge runs what ends the request: a poll is often answered because of another request,
   *     and Payara confuses the two if one ends on the thread that serves the other
   * @param timeoutMs when the container ends it; 0: never, heartbeats do
   * @param isOwnerGone whether nobody needs the answer to be read any more
   * @param onGone runs if the container ends it, or finds that the client has gone
   */
  static AsyncExchange begin(
      HttpServletRequest request,
      EngineIoEdge edge,
      long timeoutMs,
      BooleanSupplier isOwnerGone,
      Runnable onGone) {
    AsyncContext context = request.startAsync();
    context.setTimeout(timeoutMs);
    AsyncExchange exchange = new AsyncExchange(context, edge, isOwnerGone);
    context.addListener(exchange.new GoneListener(onGone));
    return exchange;
  }

  @Override
  public void answer(Answer answer, Runnable onFailure) {
    if (!isAnswered.compareAndSet(false, true)) {
      return;
    }
    edge.runOnWorker(() -> write(answer, onFailure));
  }

  private void write(Answer answer, Runnable onFailure) {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    try {
      HttpServletResponse response = (HttpServletResponse) context.getResponse();
      response.setStatus(answer.status());
      if (Refusal.isWorthRetrying(answer.status())) {
        response.setIntHeader("Retry-After", Refusal.RETRY_AFTER_SECONDS);
      }
      response.setContentType(answer.contentType());
      response.setContentLength(body.length);
      response.setHeader("Cache-Control", "no-store");
      response.setHeader("X-Content-Type-Options", "nosniff");
      new BodyEnd(onFailure).begin(response.getOutputStream(), body);
    } catch (IOException | RuntimeException gone) {
      complete();
      onFailure.run();
    }
  }

  private void complete() {
    try {
      context.complete();
    } catch (IllegalStateException alreadyOver) {
      // The container has ended the request itself.
    }
  }

  /** Ends the request with its body, or without what nobody will read. */
  private final class BodyEnd implements BodyWriter.Outcome {
    private final Runnable onFailure;
    private BodyWriter writer;

    BodyEnd(Runnable onFailure) {
      this.onFailure = onFailure;
    }

    void begin(ServletOutputStream output, byte[] body) {
      writer = new BodyWriter(output, body, this);
      output.setWriteListener(writer);
    }

    @Override
    public void onWritten() {
      complete();
    }

    @Override
    public void onBroken() {
      complete();
      onFailure.run();
    }

    @Override
    public void onStalled() {
      edge.scheduler().schedule(edge.silenceLimitMs(), this::check);
    }

    private void check() {
      if (writer.isOver()) {
        return;
      }
      if (isOwnerGone.getAsBoolean()) {
        edge.runOnWorker(writer::giveUp);
      } else {
        onStalled();
      }
    }
  }

  private final class GoneListener implements AsyncListener {
    private final Runnable onGone;

    GoneListener(Runnable onGone) {
      this.onGone = onGone;
    }

    @Override
    public void onError(AsyncEvent event) {
      if (isAnswered.compareAndSet(false, true)) {
        complete();
        onGone.run();
      }
    }

    @Override
    public void onComplete(AsyncEvent event) {
      // Nothing is left to do.
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      onError(event);
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
      // A request is made asynchronous once.
    }
  }
}
