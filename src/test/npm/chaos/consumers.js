"use strict";
/**
 * The devices. Events: `opened` and `closed` of connections; `got` with a batch's id and what the
 * application was handed of it; `gap` for a notice; `away` and `back` when the application itself
 * goes and returns.
 */
const EngineIo3 = require("engine.io-client");
const { Socket: EngineIo6 } = require("engine.io-client6");
const SnapperConsumer = require("snapper-consumer");
const { consumerToken } = require("../clients/lib/tokens");

const OPEN_LIMIT_MS = 4_000;

/** What both kinds of applications do: go and come back, be slow now and then. */
class Device {
  #timers = new Set();
  isRestless = false;

  constructor(spec, config, random, emit) {
    Object.assign(this, { spec, random });
    this.emit = (kind, ...fields) => emit(kind, spec.name, ...fields);
    this.url = `ws://127.0.0.1:${spec.port}`;
    this.token = consumerToken(config, spec);
    this.opened = new Promise((resolve) => (this.onOpened = resolve));
  }

  onOpen() {
    this.emit("opened");
    this.onOpened();
  }

  onGap({ room, from, to, epoch }) {
    this.emit("gap", room, from, to, epoch);
  }

  beRestless() {
    this.isRestless = true;
    if (this.spec.moves) {
      this.#leaveLater();
    }
    if (this.spec.slow) {
      this.restLater();
    }
  }

  /** How a slow device is slow, if not by its answers. */
  restLater() {}

  goOn() {}

  /** Comes back for good. */
  beCalm() {
    this.isRestless = false;
    this.#timers.forEach(clearTimeout);
    this.#timers.clear();
    this.goOn();
    this.#comeBack();
  }

  later(ms, action) {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, ms);
    this.#timers.add(timer);
  }

  #leaveLater() {
    this.later(this.random.between(1_000, 7_000), () => {
      this.isAway = true;
      this.emit("away");
      this.disconnect();
      const forMs = this.random.oneOf([0, 20, 300, 1_500, 4_000]);
      this.later(forMs, () => {
        this.#comeBack();
        this.#leaveLater();
      });
    });
  }

  #comeBack() {
    if (this.isAway) {
      this.isAway = false;
      this.emit("back");
      this.connect();
    }
  }
}

/**
 * An application on the unmodified snapper-consumer. Only its waiting time, a field of it, is set:
 * it is 10 to 60 s otherwise.
 */
class SnapperConsumerApp extends Device {
  constructor(spec, config, random, emit) {
    super(spec, config, random, emit);
    this.client = new SnapperConsumer();
    this.client.onerror = (error) => this.emit("trouble", String(error.message || error));
    this.client.onclose = () => {};
    this.client.onopen = () => {
      this.client.reconnectionTime = this.#waitMs();
      this.onOpen();
    };
    this.client.onmessage = (event) => this.#onMessage(event);
    this.client.reconnectionTime = this.#waitMs();
    this.connect();
  }

  connect() {
    const { url, token, spec } = this;
    this.client.connect(url, { path: "/websocket", token, transports: spec.transports });
  }

  disconnect() {
    this.client.close();
  }

  #waitMs() {
    return this.random.between(200, 800);
  }

  #onMessage(event) {
    const { method, params } = event.data;
    if (event.type === "request" && method === "publish") {
      this.emit("got", event.id, ...params);
    } else if (event.type === "notification" && method === "gap") {
      this.onGap(params);
    } else {
      this.emit("trouble", JSON.stringify(event.data));
    }
  }

  /** A slow device doesn't read from its connection for a while. */
  restLater() {
    this.later(this.random.between(500, 4_000), () => {
      const { connection } = this.client;
      this.resting = connection && connection.transport.ws && connection.transport.ws._socket;
      if (this.resting) {
        this.resting.pause();
      }
      this.later(this.random.between(200, 2_500), () => {
        this.goOn();
        this.restLater();
      });
    });
  }

  goOn() {
    if (this.resting) {
      this.resting.resume();
    }
  }
}

/** An application on engine.io-client that skips what it has, by the offsets in a batch's id. */
class EngineIoApp extends Device {
  #lastOffsets = new Map();
  #socket;

  constructor(spec, config, random, emit) {
    super(spec, config, random, emit);
    this.connect();
  }

  connect() {
    const Client = this.spec.version === 3 ? EngineIo3 : EngineIo6;
    const socket = new Client(this.url, {
      path: "/websocket",
      query: { token: this.token },
      transports: this.spec.transports,
    });
    const isMine = () => this.#socket === socket;
    const limit = setTimeout(() => socket.close(), OPEN_LIMIT_MS);
    socket.on("open", () => {
      clearTimeout(limit);
      if (isMine()) {
        this.onOpen();
      }
    });
    socket.on("message", (text) => isMine() && this.#onMessage(socket, JSON.parse(text)));
    socket.on("error", (error) => this.emit("trouble", String(error.message || error)));
    socket.on("close", (reason) => {
      clearTimeout(limit);
      if (isMine()) {
        this.emit("closed", reason);
        // Not by later(): it would not come back after beCalm().
        setTimeout(() => isMine() && this.connect(), this.random.between(100, 600));
      }
    });
    this.#socket = socket;
  }

  disconnect() {
    const socket = this.#socket;
    this.#socket = undefined;
    socket.close();
  }

  #onMessage(socket, { id, method, params }) {
    if (method === "gap") {
      this.onGap(params);
    } else if (method !== "publish") {
      this.emit("trouble", `${method} ${JSON.stringify(params)}`);
    } else {
      this.#take(id, params);
      const answer = JSON.stringify({ jsonrpc: "2.0", id, result: "OK" });
      const afterMs = this.spec.slow && this.isRestless ? this.random.between(0, 1_500) : 0;
      setTimeout(() => socket.readyState === "open" && socket.send(answer), afterMs);
    }
  }

  #take(id, messages) {
    let index = 0;
    for (const run of id.split(",")) {
      const [epoch, extent] = run.split(":");
      const [from, to = from] = extent.split("-").map(Number);
      const last = this.#lastOffsets.get(epoch) || 0;
      const isNew = (unused, at) => from + at > last;
      const taken = messages.slice(index, index + to - from + 1).filter(isNew);
      index += to - from + 1;
      if (taken.length > 0) {
        this.#lastOffsets.set(epoch, to);
        this.emit("got", `${epoch}:${to - taken.length + 1}-${to}`, ...taken);
      }
      if (taken.length < to - from + 1) {
        this.emit("skipped", to - from + 1 - taken.length);
      }
    }
    if (index !== messages.length) {
      this.emit("trouble", `the id ${id} has ${messages.length} messages`);
    }
  }
}

function newConsumer(spec, config, random, emit) {
  const Kind = spec.client === "snapper-consumer" ? SnapperConsumerApp : EngineIoApp;
  return new Kind(spec, config, random, emit);
}

module.exports = { newConsumer };
