"use strict";
/** A back end that uses the HTTP API and repeats a call until it has an answer. */
const http = require("node:http");
const { consumerIdOf, httpToken, now } = require("../clients/lib/tokens");

const ATTEMPT_LIMIT_MS = 4_000;
const PAUSE_MS = 200;

const TOKEN_LIFE_MS = 600_000;
const CLOCK_ERROR_S = 4 * 3_600;

const agent = new http.Agent({ keepAlive: true });
let token = { until: 0 };
const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

function tokenOf(config) {
  if (Date.now() > token.until) {
    // Good at a node whose clock is hours before or behind, too.
    const life = { iat: now() - CLOCK_ERROR_S, exp: now() + CLOCK_ERROR_S };
    token = { text: httpToken(config, life), until: Date.now() + TOKEN_LIFE_MS };
  }
  return token.text;
}

/** Makes one attempt; returns the status and the parsed body, status 0 if none came. */
function attempt(config, method, path, body, headers) {
  return new Promise((resolve) => {
    const none = (failure) => resolve({ status: 0, body: String(failure) });
    const request = http.request(
      {
        host: "127.0.0.1",
        port: config.httpPort,
        method,
        path: `/api/v1/${path}`,
        agent,
        timeout: ATTEMPT_LIMIT_MS,
        headers: { Authorization: `Bearer ${tokenOf(config)}`, ...headers },
      },
      (response) => {
        let text = "";
        response.on("data", (chunk) => (text += chunk));
        response.on("error", none);
        response.on("aborted", none);
        response.on("end", () => resolve({ status: response.statusCode, body: text }));
      },
    );
    request.on("timeout", () => request.destroy(new Error("no answer in time")));
    request.on("error", none);
    request.end(body && JSON.stringify(body));
  });
}

/** Repeats a call until it is taken or refused for good. */
async function call(config, method, path, body, headers = {}, onRetry = () => {}) {
  const all = body ? { "Content-Type": "application/json", ...headers } : headers;
  for (;;) {
    const answer = await attempt(config, method, path, body, all);
    const isForLater = answer.status === 0 || answer.status === 429 || answer.status >= 500;
    if (!isForLater) {
      return answer;
    }
    onRetry(answer);
    await pause();
  }
}

/** Puts every consumer into its rooms. */
async function joinAll(config) {
  for (const [room, names] of Object.entries(config.rooms)) {
    for (const name of names) {
      const identity = config.consumers.find((consumer) => consumer.name === name);
      const id = encodeURIComponent(consumerIdOf(identity));
      const answer = await call(config, "PUT", `rooms/${room}/members/${id}`);
      if (answer.status !== 200) {
        throw new Error(`${name} can't join ${room}: ${answer.status} ${answer.body}`);
      }
    }
  }
}

module.exports = { call, joinAll };
