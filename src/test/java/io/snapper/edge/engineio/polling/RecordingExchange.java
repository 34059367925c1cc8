package io.snapper.edge.engineio.polling;

/** A poll that keeps its answer, or fails to deliver it. */
final class RecordingExchange implements Exchange {
  private Answer answer;
  private boolean isBroken;

  /** Lets the answer fail. */
  RecordingExchange broken() {
    isBroken = true;
    return this;
  }

  @Override
  public void answer(Answer given, Runnable onFailure) {
    if (answer != null) {
      return;
    }
    answer = given;
    if (isBroken) {
      onFailure.run();
    }
  }

  /** Returns the answer; null while the poll waits. */
  Answer answer() {
    return answer;
  }

  String body() {
    return answer.body();
  }
}
