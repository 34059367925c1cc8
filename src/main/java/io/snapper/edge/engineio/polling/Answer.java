package io.snapper.edge.engineio.polling;

import io.snapper.edge.engineio.Refusal;

/**
 * What an HTTP request gets.
 *
 * @param status the HTTP status
 * @param contentType of the body
 * @param body sent as UTF-8
 */
record Answer(int status, String contentType, String body) {
  /**
   * Packets were taken. HTML, as in engine.io's server: some browsers offer plain text as a
   * download.
   */
  static final Answer OK = new Answer(200, "text/html", "ok");

  static Answer payload(String payload) {
    return new Answer(200, "text/plain; charset=UTF-8", payload);
  }

  static Answer of(Refusal refusal) {
    return new Answer(refusal.status(), "application/json", refusal.body());
  }
}
