"use strict";
/**
 * The back ends. A message is `<producer>/<room>/<number>`, numbered from 1 for each producer and
 * room. Events: `sent` when the application hands messages over, `accepted` when it has an answer
 * that says so, `refused` when it has another one.
 */
const crypto = require("node:crypto");
const Producer = require("snapper-producer");
const { call } = require("./http");

const ANSWERS_LIMIT_MS = 15_000;
const LOOK_MS = 50;

/** Chooses rooms and numbers messages. */
class Source {
  #numbers = new Map();

  constructor(name, targets, random) {
    this.name = name;
    this.targets = targets;
    this.random = random;
  }

  /** Returns 1 to `most` new messages of one room. */
  next(most) {
    const room = this.random.oneOf(this.targets);
    const count = this.random.between(1, most);
    return { room, messages: Array.from({ length: count }, () => this.#message(room)) };
  }

  #message(room) {
    const number = (this.#numbers.get(room) || 0) + 1;
    this.#numbers.set(room, number);
    return `${this.name}/${room}/${number}`;
  }
}

/** snapper-producer, unmodified. */
class TcpProducer {
  #timer;
  #unanswered = 0;

  constructor(spec, config, random, emit) {
    Object.assign(this, { spec, emit, source: new Source(spec.name, config.targets, random) });
    this.client = new Producer(spec.port, "127.0.0.1", {
      secretKeys: config.secrets,
      producerId: spec.name,
    });
    this.client.on("error", (error) => emit("trouble", spec.name, error.message));
    // It gives up after 50 attempts, about 5 minutes: no fault lasts as long.
    this.client.on("connect", () => emit("connected", spec.name));
  }

  start(phase) {
    this.phase = phase;
    this.#timer = setInterval(() => this.#send(), this.spec.everyMs);
  }

  #send() {
    const { room, messages } = this.source.next(3);
    this.emit("sent", this.spec.name, this.phase, ...messages);
    if (!this.spec.asks) {
      messages.forEach((message) => this.client.sendMessage(room, message));
      return;
    }
    this.#unanswered++;
    const pairs = messages.map((message) => [room, message]);
    this.client.request("publish", pairs)((error, count) => {
      this.#unanswered--;
      if (error && error.message.startsWith("Send RPC time out")) {
        // The package's own word for a request whose connection broke a minute ago.
        this.emit("unanswered", this.spec.name, ...messages);
      } else if (error) {
        this.emit("refused", this.spec.name, error.message, ...messages);
      } else if (count === messages.length) {
        this.emit("accepted", "", 0, ...messages);
      } else {
        this.emit("refused", this.spec.name, `${count} accepted`, ...messages);
      }
    });
  }

  /** A request whose connection broke is never answered: the package forgets it. */
  async stop() {
    clearInterval(this.#timer);
    const deadline = Date.now() + ANSWERS_LIMIT_MS;
    const isOpen = () => this.#unanswered > 0 || this.client.conn.queLen > 0;
    while (isOpen() && Date.now() < deadline) {
      const before = this.#unanswered;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS * 20));
      if (before === this.#unanswered && this.client.conn.queLen === 0) {
        break;
      }
    }
    this.#unanswered = 0;
  }
}

/** A back end that calls the HTTP API, one call after the other, each until it is answered. */
class HttpProducer {
  #isSending = false;
  #ended = Promise.resolve();

  constructor(spec, config, random, emit) {
    Object.assign(this, { spec, config, emit });
    this.source = new Source(spec.name, config.targets, random);
  }

  start(phase) {
    this.#isSending = true;
    this.#ended = this.#send(phase);
  }

  async #send(phase) {
    while (this.#isSending) {
      const due = Date.now() + this.spec.everyMs;
      const { room, messages } = this.source.next(3);
      this.emit("sent", this.spec.name, phase, ...messages);
      const user = this.config.users[room];
      const path = user ? `users/${user}/messages` : `rooms/${room}/messages`;
      const key = { "Idempotency-Key": crypto.randomUUID() };
      const answer = await call(this.config, "POST", path, { messages }, key, (failure) =>
        this.emit("retry", this.spec.name, failure.status, failure.body.replace(/\s+/g, " ")),
      );
      if (answer.status === 200) {
        const { epoch, firstOffset } = JSON.parse(answer.body);
        this.emit("accepted", epoch, firstOffset, ...messages);
      } else {
        this.emit("refused", this.spec.name, `${answer.status} ${answer.body}`, ...messages);
      }
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - Date.now())));
    }
  }

  stop() {
    this.#isSending = false;
    return this.#ended;
  }
}

function newProducer(spec, config, random, emit) {
  const Kind = spec.kind === "http" ? HttpProducer : TcpProducer;
  return new Kind(spec, config, random, emit);
}

module.exports = { newProducer };
