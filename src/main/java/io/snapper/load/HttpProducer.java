package io.snapper.load;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/** A producer over HTTP: {@code POST /api/v1/messages}, an entry for each message. */
final class HttpProducer implements Producer {
  /** Requests to one room must not overtake each other on their ways. */
  private static final int MOST_UNANSWERED = 1;

  private static final int OK = 200;

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI address;
  private final String token;
  private final IntFunction<String> roomNames;
  private final int messageSize;
  private final Semaphore unanswered = new Semaphore(MOST_UNANSWERED);
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final StringBuilder entries = new StringBuilder();
  private int size;

  HttpProducer(URI server, String token, IntFunction<String> roomNames, int messageSize) {
    this.address = server.resolve("/api/v1/messages");
    this.token = token;
    this.roomNames = roomNames;
    this.messageSize = messageSize;
  }

  @Override
  public void add(int room, long sequence, long dueNanos) {
    entries.append(size++ == 0 ? "{\"room\":\"" : ",{\"room\":\"").append(roomNames.apply(room));
    entries.append("\",\"message\":\"");
    MessageText.append(entries, room, sequence, dueNanos, messageSize);
    entries.append("\"}");
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void send() throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"entries\":[" + entries + "]}"))
            .build();
    int messages = size;
    entries.setLength(0);
    size = 0;
    unanswered.acquire();
    client
        .sendAsync(request, BodyHandlers.discarding())
        .whenComplete(
            (answer, failure) -> {
              if (failure == null && answer.statusCode() == OK) {
                accepted.addAndGet(messages);
              } else {
                refused.incrementAndGet();
              }
              unanswered.release();
            });
  }

  @Override
  public long accepted() {
    return accepted.get();
  }

  @Override
  public long refused() {
    return refused.get();
  }

  @Override
  public void close() {
    // The client's threads are daemons.
  }
}
