package io.snapper.edge.stats;

import io.snapper.config.SnapperSettings;
import io.snapper.core.Broker;
import io.snapper.core.auth.TokenIssuer;
import io.snapper.core.auth.TokenVerifier;
import io.snapper.core.error.ErrorCode;
import io.snapper.core.error.SnapperException;
import io.snapper.core.store.NodeRegistry.ClusterReport;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;

/**
 * {@code GET /stats?token=…}: 401 without a valid token, 400 with one that is for something else,
 * 503 while the counters can't be read.
 */
@WebServlet(urlPatterns = "/stats", asyncSupported = true)
public class StatisticsServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Logger LOGGER = System.getLogger(StatisticsServlet.class.getName());

  @Inject private transient Broker broker;
  @Inject private transient TokenVerifier tokens;
  @Inject private transient SnapperSettings settings;

  private transient String version;

  @Override
  public void init() {
    version = ApplicationVersion.of(getServletContext());
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      String name = tokens.verifyStatistics(request.getParameter("token"));
      if (!TokenIssuer.STATISTICS_NAME.equals(name)) {
        write(response, 400, error("Bad Request", "the token is not one for the statistics"));
        return;
      }
    } catch (SnapperException refused) {
      if (refused.code() != ErrorCode.UNAUTHORIZED) {
        throw refused;
      }
      write(response, 401, error("Unauthorized", refused.getMessage()));
      return;
    }
    AsyncContext context = request.startAsync(request, response);
    // Every call of the broker ends; a timeout of the container would answer beside it.
    context.setTimeout(0);
    broker
        .statistics()
        .whenComplete(
            (report, failure) -> context.start(() -> complete(context, response, report, failure)));
  }

  private void complete(
      AsyncContext context, HttpServletResponse response, ClusterReport report, Throwable failure) {
    try {
      if (failure == null) {
        String server = settings.node().serverName();
        write(response, 200, StatisticsDocument.of(server, version, broker.node(), report));
      } else {
        LOGGER.log(Level.WARNING, "The statistics can't be read", failure);
        response.setHeader("Retry-After", "1");
        write(response, 503, error("Service Unavailable", "the counters can't be read now"));
      }
    } catch (IOException gone) {
      LOGGER.log(Level.DEBUG, "The reader of the statistics has gone", gone);
    } finally {
      context.complete();
    }
  }

  private static JsonObject error(String error, String message) {
    return Json.createObjectBuilder().add("error", error).add("message", message).build();
  }

  private static void write(HttpServletResponse response, int status, JsonObject body)
      throws IOException {
    response.setStatus(status);
    response.setContentType("application/json");
    response.setHeader("Cache-Control", "no-store");
    if (status == 401) {
      response.setHeader("WWW-Authenticate", "Bearer realm=\"snapper\"");
    }
    response.getOutputStream().write(body.toString().getBytes(StandardCharsets.UTF_8));
  }
}
