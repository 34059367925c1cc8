package io.snapper.load;

/** A back end. Used by one thread. */
interface Producer extends AutoCloseable {
  /** Puts a message into the request that goes next. */
  void add(int room, long sequence, long dueNanos);

  /** Returns how many messages wait in that request. */
  int size();

  /** Sends the request; waits while too many have not been answered. */
  void send() throws InterruptedException;

  /** Returns how many messages were accepted. */
  long accepted();

  /** Returns how many requests were refused. */
  long refused();

  @Override
  void close();
}
