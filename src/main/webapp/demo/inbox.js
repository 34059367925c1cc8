/**
 * What a tab has received: messages with room, offset and latency, and counters that would show it
 * if something were lost, repeated or out of order.
 */
import { positionsOf } from "./offsets.js";

export class Inbox {
  #session;
  #connectedAtMs = 0;
  #topAtConnect = new Map();
  #latenciesMs = [];

  /** @param session the remembered session; `messages`, `counts`, `epochs`, `offsets` are kept in it */
  constructor(session) {
    this.#session = session;
    session.messages ??= [];
    session.epochs ??= {};
    session.offsets ??= {};
    session.counts ??= {
      received: 0,
      batches: 0,
      missed: 0,
      repeats: 0,
      holes: 0,
      gaps: 0,
      reconnects: 0,
    };
  }

  get counts() {
    return this.#session.counts;
  }

  /** The middle one of the latest latencies of messages that did not have to wait, or null. */
  get medianLatencyMs() {
    const sorted = [...this.#latenciesMs].sort((one, other) => one - other);
    return sorted.length === 0 ? null : sorted[sorted.length >> 1];
  }

  /** @param nowMs by the server's clock: what was sent before, and comes later, was missed */
  onConnected(nowMs) {
    this.#connectedAtMs = nowMs;
    this.#topAtConnect.clear();
  }

  /**
   * Notes which room an epoch belongs to and where it stood when this tab came (back). Returns the
   * messages that turn out to be missed ones: those without a send time of their own.
   */
  onRoomState({ room, epoch, top }) {
    this.#session.epochs[epoch] = room;
    this.#topAtConnect.set(epoch, top);
    const late = this.#session.messages.filter(
      (message) =>
        message.epoch === epoch &&
        message.offset <= top &&
        message.sentAtMs === null &&
        message.receivedAtMs >= this.#connectedAtMs &&
        !message.missed,
    );
    late.forEach((message) => this.#markMissed(message));
    return late;
  }

  /** Forgets where a room stood: after a leave its offsets begin somewhere else. */
  onLeft(room) {
    for (const [epoch, name] of Object.entries(this.#session.epochs)) {
      if (name === room) {
        delete this.#session.offsets[epoch];
      }
    }
  }

  /** Takes a batch in and returns its messages. */
  accept(batchId, payloads, nowMs) {
    this.counts.batches++;
    const positions = positionsOf(batchId, payloads.length);
    const messages = payloads.map((payload, index) =>
      this.#message(payload, positions[index], nowMs),
    );
    this.#session.messages.push(...messages);
    return messages;
  }

  #message(payload, { epoch, offset }, nowMs) {
    const content = parsed(payload);
    if (epoch !== null && content.room) {
      this.#session.epochs[epoch] ??= content.room;
    }
    const message = {
      ...content,
      room: this.#session.epochs[epoch] ?? content.room,
      epoch,
      offset,
      receivedAtMs: nowMs,
      missed: false,
    };
    this.counts.received++;
    this.#checkOrder(epoch, offset);
    const wasMissed =
      message.sentAtMs === null
        ? offset !== null && offset <= (this.#topAtConnect.get(epoch) ?? 0)
        : message.sentAtMs < this.#connectedAtMs;
    if (wasMissed) {
      this.#markMissed(message);
    } else if (message.sentAtMs !== null) {
      this.#latenciesMs.push(nowMs - message.sentAtMs);
      this.#latenciesMs.splice(0, this.#latenciesMs.length - 99);
    }
    return message;
  }

  #markMissed(message) {
    message.missed = true;
    this.counts.missed++;
  }

  #checkOrder(epoch, offset) {
    if (epoch === null) {
      return;
    }
    const last = this.#session.offsets[epoch];
    if (last !== undefined && offset !== last + 1) {
      this.counts.holes++;
    }
    this.#session.offsets[epoch] = offset;
  }
}

/** Returns what the demo's back end wrote; any other text is a message of somebody else's. */
function parsed(payload) {
  try {
    const { from, text, room, sentAtMs } = JSON.parse(payload);
    if (typeof from === "string" && typeof text === "string" && Number.isFinite(sentAtMs)) {
      return { from, text, room: typeof room === "string" ? room : undefined, sentAtMs };
    }
  } catch {
    // Not JSON: shown as it is.
  }
  return { from: null, text: payload, room: undefined, sentAtMs: null };
}
