package io.snapper.edge.engineio.polling;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/** A container's request whose client reads as much as a test lets it. */
final class SlowlyReadRequest {
  private final SlowOutput output = new SlowOutput();
  private int completions;

  /** Takes what it is given, and is ready while the client has room. */
  private static final class SlowOutput extends ServletOutputStream {
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private WriteListener listener;
    private int room;
    private int longestWrite;

    @Override
    public boolean isReady() {
      return taken.size() < room;
    }

    @Override
    public void setWriteListener(WriteListener given) {
      listener = given;
    }

    @Override
    public void write(int value) {
      taken.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      longestWrite = Math.max(longestWrite, length);
      taken.write(bytes, offset, length);
    }
  }

  HttpServletRequest request() {
    return fake(HttpServletRequest.class, "startAsync", context());
  }

  /** The client makes room for so many bytes more. */
  void read(int bytes) throws IOException {
    output.room += bytes;
    output.listener.onWritePossible();
  }

  /** Returns how many bytes the container was given. */
  int takenBytes() {
    return output.taken.size();
  }

  int longestWriteBytes() {
    return output.longestWrite;
  }

  /** Returns how often the request was ended. */
  int completions() {
    return completions;
  }

  private AsyncContext context() {
    HttpServletResponse response = fake(HttpServletResponse.class, "getOutputStream", output);
    return fake(
        AsyncContext.class,
        (proxy, method, arguments) -> {
          if (method.getName().equals("complete")) {
            completions++;
          }
          return method.getName().equals("getResponse") ? response : null;
        });
  }

  private static <T> T fake(Class<T> type, String name, Object result) {
    return fake(type, (proxy, method, arguments) -> method.getName().equals(name) ? result : null);
  }

  private static <T> T fake(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
