/**
 * The demo's back end, as an operator's own back end would be: it logs users in, permits joins and
 * publishes. Consumers only ever receive.
 */

const CLOCK_PROBES = 4;
const LARGEST_DRIFT_MS = 20;

/** A refusal by the back end; `message` is written for the user. */
export class Refusal extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export const openSession = (user) => post("session", { user });
export const joinRoom = (token, room) => post("rooms/join", { token, room });
export const leaveRoom = (token, room) => post("rooms/leave", { token, room });
export const sendMessage = (token, room, text) => post("messages", { token, room, text });

let performanceStartMs = performance.timeOrigin;

/** Now, in ms since 1970 by this machine's clock, with parts of a millisecond. */
export function localNowMs() {
  // The fine clock may stand still while the machine sleeps; the coarse one says so.
  const behindMs = Date.now() - performanceStartMs - performance.now();
  if (Math.abs(behindMs) > LARGEST_DRIFT_MS) {
    performanceStartMs += behindMs;
  }
  return performanceStartMs + performance.now();
}

/**
 * Returns how far the server's clock is ahead of this one's, in ms. Of several probes the fastest
 * is right to half its round trip; a difference smaller than that is none.
 */
export async function clockOffsetMs() {
  let best = { roundTripMs: Infinity, offsetMs: 0 };
  for (let probe = 0; probe < CLOCK_PROBES; probe++) {
    const askedMs = localNowMs();
    const { nowMs } = await call("clock", { method: "GET", cache: "no-store" });
    const answeredMs = localNowMs();
    const roundTripMs = answeredMs - askedMs;
    if (roundTripMs < best.roundTripMs) {
      best = { roundTripMs, offsetMs: nowMs - (askedMs + answeredMs) / 2 };
    }
  }
  return Math.abs(best.offsetMs) <= best.roundTripMs / 2 ? 0 : best.offsetMs;
}

function post(path, body) {
  return call(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

async function call(path, options) {
  let response;
  try {
    response = await fetch(`demo/${path}`, { credentials: "omit", ...options });
  } catch {
    throw new Refusal(0, "unreachable", "The server can't be reached.");
  }
  const answer = await response.json().catch(() => null);
  if (!response.ok || answer === null) {
    const { code = "failed", detail = `The server answered ${response.status}.` } = answer ?? {};
    throw new Refusal(response.status, code, detail);
  }
  return answer;
}
