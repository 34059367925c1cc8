package io.snapper.edge.demo;

import io.snapper.core.error.ErrorCode;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

/** The calls of the demo page. {@link PageFilter} answers in its place while the demo is off. */
@WebServlet(
    name = "demo",
    urlPatterns = {
      DemoServlet.CLOCK,
      DemoServlet.SESSION,
      DemoServlet.JOIN,
      DemoServlet.LEAVE,
      DemoServlet.MESSAGES
    },
    asyncSupported = true)
public class DemoServlet extends HttpServlet {
  static final String CLOCK = "/demo/clock";
  static final String SESSION = "/demo/session";
  static final String JOIN = "/demo/rooms/join";
  static final String LEAVE = "/demo/rooms/leave";
  static final String MESSAGES = "/demo/messages";

  private static final long serialVersionUID = 1L;
  private static final long ANSWER_LIMIT_MS = 10_000;

  @Inject private transient DemoEdge edge;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getServletPath().equals(CLOCK)) {
      write(edge.clock(), response);
    } else {
      write(DemoAnswer.problem(405, "method-not-allowed", "this call is a POST"), response);
    }
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    DemoAnswer refusal = refusal(request);
    if (refusal != null) {
      write(refusal, response);
      return;
    }
    byte[] body = request.getInputStream().readNBytes(DemoEdge.BODY_LIMIT + 1);
    AsyncContext context = request.startAsync();
    context.setTimeout(ANSWER_LIMIT_MS);
    OneAnswer answer = new OneAnswer(context);
    context.addListener(answer);
    edge.call(request.getServletPath(), body, request.getRemoteAddr()).thenAccept(answer::give);
  }

  /** Returns why the request is not heard at all, or null. */
  private static DemoAnswer refusal(HttpServletRequest request) {
    if (!SameOrigin.allows(
        request.getHeader("Sec-Fetch-Site"),
        request.getHeader("Origin"),
        request.getHeader("Host"))) {
      return DemoAnswer.refusal(
          ErrorCode.FORBIDDEN, "only pages of this server may use the demo's back end");
    }
    String mediaType = request.getContentType();
    if (mediaType == null || !mediaType.toLowerCase(Locale.ROOT).startsWith(DemoAnswer.JSON)) {
      return DemoAnswer.problem(
          415, "unsupported-media-type", "the request must be " + DemoAnswer.JSON);
    }
    return null;
  }

  private static void write(DemoAnswer answer, HttpServletResponse response) throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    response.setStatus(answer.status());
    response.setContentType(answer.mediaType());
    response.setContentLength(body.length);
    response.setHeader("Cache-Control", "no-store");
    response.getOutputStream().write(body);
  }

  /** The first of result and timeout answers, on a thread of the container. */
  private static final class OneAnswer implements AsyncListener {
    private final AsyncContext context;
    private final AtomicBoolean isGiven = new AtomicBoolean();

    private OneAnswer(AsyncContext context) {
      this.context = context;
    }

    private void give(DemoAnswer answer) {
      if (isGiven.compareAndSet(false, true)) {
        context.start(() -> complete(answer));
      }
    }

    private void complete(DemoAnswer answer) {
      try {
        write(answer, (HttpServletResponse) context.getResponse());
      } catch (IOException gone) {
        // The caller did not wait for its answer; there is nobody to tell.
      } finally {
        context.complete();
      }
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      if (isGiven.compareAndSet(false, true)) {
        complete(
            DemoAnswer.refusal(
                ErrorCode.UNAVAILABLE,
                "the broker did not answer in "
                    + ANSWER_LIMIT_MS
                    + " ms; the call may have worked"));
      }
    }

    @Override
    public void onError(AsyncEvent event) {
      isGiven.set(true);
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}

    @Override
    public void onComplete(AsyncEvent event) {}
  }
}
