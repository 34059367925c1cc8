package io.snapper.edge.engineio.websocket;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Gives another handler a connection whose output is a {@link SharedArrayOutput}. */
public final class SharedArrayUpgrade implements HttpUpgradeHandler {
  private HttpUpgradeHandler handler;

  /** Sets the handler; called within the request that is upgraded. */
  void standFor(HttpUpgradeHandler other) {
    this.handler = other;
  }

  @Override
  public void init(WebConnection connection) {
    try {
      handler.init(
          new SharedArrayConnection(
              connection, new SharedArrayOutput(connection.getOutputStream())));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void destroy() {
    handler.destroy();
  }

  /** Closing throws whatever the server's own does, as the interface has it. */
  @SuppressWarnings("try")
  private record SharedArrayConnection(WebConnection connection, ServletOutputStream output)
      implements WebConnection {
    @Override
    public ServletInputStream getInputStream() throws IOException {
      return connection.getInputStream();
    }

    @Override
    public ServletOutputStream getOutputStream() {
      return output;
    }

    @Override
    public void close() throws Exception {
      connection.close();
    }
  }
}
