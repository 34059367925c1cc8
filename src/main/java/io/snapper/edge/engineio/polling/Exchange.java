package io.snapper.edge.engineio.polling;

/** A request that is answered later. Thread safe; every answer but the first is dropped. */
interface Exchange {
  /**
   * Answers and ends the request; waits for nothing.
   *
   * @param onFailure runs if the answer can't be written
   */
  void answer(Answer answer, Runnable onFailure);
}
