"use strict";
/** The real, unmodified client packages, each with a small application around it. */
const { until, soon } = require("./runner");
const tokens = require("./tokens");
const EngineIo3 = require("engine.io-client");
const { Socket: EngineIo6 } = require("engine.io-client6");
const Producer = require("snapper-producer");

/**
 * snapper-consumer reconnects by itself after 10 to 60 s, which it draws when it is loaded: here
 * after 60 s, since tests reconnect by hand.
 */
const Consumer = (() => {
  const random = Math.random;
  Math.random = () => 0.999;
  try {
    return require("snapper-consumer");
  } finally {
    Math.random = random;
  }
})();

const WEBSOCKET_ONLY = { transports: ["websocket"] };
const POLLING_ONLY = { transports: ["polling"] };

const webSocketUrl = (node) => node.http.replace(/^http/, "ws").replace(/\/$/, "");

/** A back end with one snapper-producer. */
class ProducerApp {
  errors = [];
  ends = 0;
  connects = 0;

  constructor(scope, node, options = {}) {
    this.client = new Producer(node.tcp, "127.0.0.1", {
      secretKeys: node.secrets,
      producerId: "tests",
      ...options,
    });
    this.client
      .on("error", (error) => this.errors.push(String((error && error.message) || error)))
      .on("end", () => this.ends++)
      .on("connect", () => this.connects++);
    scope.defer(() => this.client.close());
  }

  send(room, message) {
    this.client.sendMessage(room, message);
  }

  /** Calls a method; fails with the error that is answered. */
  request(method, params) {
    return this.#settled(method, this.client.request(method, params));
  }

  join(room, consumerId) {
    return this.#settled("joinRoom", this.client.joinRoom(room, consumerId));
  }

  leave(room, consumerId) {
    return this.#settled("leaveRoom", this.client.leaveRoom(room, consumerId));
  }

  /** Returns the error that a call is answered with. */
  async refusal(method, params) {
    const answer = await this.request(method, params).then(
      (result) => ({ result }),
      (error) => ({ error }),
    );
    if (!answer.error) {
      throw new Error(`${method} was answered with ${JSON.stringify(answer.result)}`);
    }
    return answer.error;
  }

  /** Whether the package itself still holds messages back. */
  get isHolding() {
    return this.client.queue.length > 0 || this.client.conn.queLen > 0;
  }

  get isConnected() {
    return this.client.conn.connected;
  }

  #settled(what, thunk) {
    const settled = new Promise((resolve, reject) =>
      thunk((error, result) => (error ? reject(error) : resolve(result))),
    );
    return soon(`an answer to ${what}`, settled);
  }
}

/** A page or phone with one snapper-consumer. */
class ConsumerApp {
  got = [];
  events = [];
  errors = [];
  opens = 0;

  /**
   * @param identity the claims of the token: userId, and source and exp if they matter
   * @param wire what to go through, if not straight to the node
   */
  constructor(scope, node, identity, options = {}, wire = undefined) {
    this.identity = { source: "web", exp: tokens.inAnHour(), ...identity };
    this.options = options;
    this.client = new Consumer();
    this.client.onopen = () => {
      this.opens++;
      this.id = this.client.consumerId;
    };
    this.client.onerror = (error) => this.errors.push(String((error && error.message) || error));
    this.client.onmessage = (event) => {
      this.events.push(event);
      if (event.type === "request" && event.data.method === "publish") {
        this.got.push(...event.data.params);
      }
    };
    this.connect(node, wire);
    scope.defer(() => this.client.close());
  }

  /** Connects, or again, to this node or another one. */
  connect(node, wire = undefined) {
    const token = tokens.consumerToken(node, this.identity);
    const url = wire ? `ws://127.0.0.1:${wire.port}` : webSocketUrl(node);
    this.client.connect(url, { path: "/websocket", token, ...this.options });
  }

  async opened(times = 1) {
    await until(
      `a snapper-consumer is open for the ${times}. time`,
      () => this.opens >= times && this.client.connected,
      () => ({ opens: this.opens, errors: this.errors }),
    );
    return this;
  }

  get transport() {
    return this.client.connection && this.client.connection.transport.name;
  }

  /** The package doesn't call its onclose when the server closes. */
  get isConnected() {
    return this.client.connected;
  }

  close() {
    this.client.close();
  }
}

/** An application on a bare engine.io-client that speaks just enough JSON-RPC. */
class EngineIoApp {
  got = [];
  texts = [];
  errors = [];
  ids = [];

  /** @param version 3 or 6 of engine.io-client, whose protocol revisions are 3 and 4 */
  constructor(scope, node, version, identity, options = {}) {
    this.identity = { source: "web", exp: tokens.inAnHour(), ...identity };
    const token = tokens.consumerToken(node, this.identity);
    const Client = version === 3 ? EngineIo3 : EngineIo6;
    this.socket = new Client(webSocketUrl(node), {
      path: "/websocket",
      query: { token },
      ...options,
    });
    this.socket.on("message", (text) => this.#onMessage(text));
    this.socket.on("open", () => (this.id = this.socket.id));
    this.socket.on("close", (reason) => (this.closed = String(reason)));
    this.socket.on("error", (error) => this.errors.push(String((error && error.message) || error)));
    scope.defer(() => this.socket.close());
  }

  async opened() {
    await until(
      "an engine.io-client is open",
      () => this.id,
      () => ({ errors: this.errors, closed: this.closed }),
    );
    return this;
  }

  get transport() {
    return this.socket.transport && this.socket.transport.name;
  }

  send(value) {
    this.socket.send(typeof value === "string" ? value : JSON.stringify(value));
  }

  #onMessage(text) {
    this.texts.push(text);
    const message = JSON.parse(text);
    if (message.method !== "publish") {
      return;
    }
    this.send({ jsonrpc: "2.0", id: message.id, result: "OK" });
    if (this.ids.at(-1) !== message.id) {
      this.ids.push(message.id);
      this.got.push(...message.params);
    }
  }
}

/** Waits until an application has got so many messages, and returns them. */
async function received(app, count) {
  await until(
    `${count} messages`,
    () => app.got.length >= count,
    () => ({ count: app.got.length, last: app.got.at(-1), errors: app.errors }),
  );
  return app.got;
}

module.exports = {
  WEBSOCKET_ONLY,
  POLLING_ONLY,
  ProducerApp,
  ConsumerApp,
  EngineIoApp,
  received,
};
