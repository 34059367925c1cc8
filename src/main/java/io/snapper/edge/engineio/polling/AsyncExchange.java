package io.snapper.edge.engineio.polling;

import io.snapper.edge.engineio.EngineIoEdge;
import io.snapper.edge.engineio.Refusal;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A servlet request that waits without a thread and is answered without blocking one, however
 * slowly the client reads.
 */
final class AsyncExchange implements Exchange {
  private final AsyncContext context;
  private final EngineIoEdge edge;
  private final AtomicBoolean isAnswered = new AtomicBoolean();

  private AsyncExchange(AsyncContext context, EngineIoEdge edge) {
    this.context = context;
    this.edge = edge;
  }

  /**
   * Lets a request wait.
   *
   * @param edge runs what ends the request: a poll is often answered because of another request,
   *     and Payara confuses the two if one ends on the thread that serves the other
   * @param timeoutMs when the container ends it; 0: never, heartbeats do
   * @param onGone runs if the container ends it, or finds that the client has gone
   */
  static AsyncExchange begin(
      HttpServletRequest request, EngineIoEdge edge, long timeoutMs, Runnable onGone) {
    AsyncContext context = request.startAsync();
    context.setTimeout(timeoutMs);
    AsyncExchange exchange = new AsyncExchange(context, edge);
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
      ServletOutputStream output = response.getOutputStream();
      output.setWriteListener(new BodyWriter(output, body, onFailure));
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

  private final class BodyWriter implements WriteListener {
    private final ServletOutputStream output;
    private final byte[] body;
    private final Runnable onFailure;
    private boolean isWritten;

    BodyWriter(ServletOutputStream output, byte[] body, Runnable onFailure) {
      this.output = output;
      this.body = body;
      this.onFailure = onFailure;
    }

    @Override
    public void onWritePossible() throws IOException {
      if (!isWritten && output.isReady()) {
        isWritten = true;
        output.write(body);
      }
      // Ready again means that all has been handed to the operating system.
      if (isWritten && output.isReady()) {
        complete();
      }
    }

    @Override
    public void onError(Throwable failure) {
      complete();
      onFailure.run();
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
