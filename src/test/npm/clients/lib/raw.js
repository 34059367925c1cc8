"use strict";
/** Requests, frames and sockets byte by byte, for what no well-behaved client does. */
const assert = require("node:assert/strict");
const http = require("node:http");
const https = require("node:https");
const net = require("node:net");
const WebSocket = require("ws");
const { until, soon } = require("./runner");
const { producerToken } = require("./tokens");

const PATH = "/websocket/";

/** Returns a query; parameters that are undefined are left out. */
function queryOf(parameters) {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
  return given.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
}

/** Makes one HTTP request to the consumers' path and returns its status, headers and body. */
function request(node, query, { path = PATH, method = "GET", headers = {}, body } = {}) {
  const url = new URL(`${path}?${queryOf(query)}`, node.http);
  const answered = new Promise((resolve, reject) => {
    const { request: send } = url.protocol === "https:" ? https : http;
    const sent = send(url, { method, headers, agent: false }, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({
          status: response.statusCode,
          headers: response.headers,
          body: Buffer.concat(chunks).toString("utf8"),
        }),
      );
    });
    sent.on("error", reject);
    sent.end(body);
  });
  return soon(`an answer to ${method} ${path}`, answered);
}

/** An Engine.IO session by polling, revision 3 unless said otherwise. */
class PollingSession {
  constructor(node, token, eio = 3) {
    this.node = node;
    this.query = { EIO: eio, transport: "polling", token };
  }

  static async open(node, token, eio = 3) {
    const session = new PollingSession(node, token, eio);
    const answer = await request(node, session.query);
    assert.equal(answer.status, 200, answer.body);
    const [open, ...others] = session.packetsOf(answer.body);
    session.handshake = answer;
    session.openPacket = JSON.parse(open.slice(1));
    session.query.sid = session.openPacket.sid;
    session.early = others;
    return session;
  }

  /** Makes one poll and returns the answer. */
  poll() {
    return request(this.node, this.query);
  }

  /** Makes one poll and returns its packets. */
  async packets() {
    const answer = await this.poll();
    assert.equal(answer.status, 200, answer.body);
    return this.packetsOf(answer.body);
  }

  post(body) {
    const headers = { "Content-Type": "text/plain;charset=UTF-8" };
    return request(this.node, this.query, { method: "POST", headers, body });
  }

  async send(...packets) {
    const body =
      this.query.EIO === 3
        ? packets.map((packet) => `${packet.length}:${packet}`).join("")
        : packets.join("\x1e");
    const answer = await this.post(body);
    assert.deepEqual([answer.status, answer.body], [200, "ok"]);
  }

  /** Waits for the next deliveries, acknowledges them and returns their messages. */
  async messages(count) {
    const messages = [];
    while (messages.length < count) {
      const deliveries = (await this.packets()).filter((packet) => packet.startsWith("4"));
      for (const delivery of deliveries.map((packet) => JSON.parse(packet.slice(1)))) {
        messages.push(...delivery.params);
        await this.send(`4{"jsonrpc":"2.0","id":${JSON.stringify(delivery.id)},"result":"OK"}`);
      }
    }
    return messages;
  }

  packetsOf(body) {
    if (this.query.EIO !== 3) {
      return body.split("\x1e");
    }
    const packets = [];
    while (body !== "") {
      const colon = body.indexOf(":");
      const end = colon + 1 + Number(body.slice(0, colon));
      assert.ok(colon > 0 && end <= body.length, `no payload: ${body.slice(0, 200)}`);
      packets.push(body.slice(colon + 1, end));
      body = body.slice(end);
    }
    return packets;
  }
}

/** A WebSocket that keeps every frame and answers none. */
class RawSocket {
  frames = [];

  static async open(scope, node, query, options = {}) {
    const socket = new RawSocket(scope, node, query, options);
    await until(
      "a WebSocket is open",
      () => socket.isOpen || socket.refusal || socket.failure,
      () => "nothing",
    );
    assert.ok(socket.isOpen, `refused: ${JSON.stringify(socket.refusal || socket.failure)}`);
    return socket;
  }

  /** Returns the answer by which an upgrade is refused. */
  static async refused(scope, node, query, options = {}) {
    const socket = new RawSocket(scope, node, query, options);
    return until("the upgrade is refused", () => {
      assert.ok(!socket.isOpen, "the upgrade was not refused");
      return socket.refusal;
    });
  }

  constructor(scope, node, query, { path = PATH, headers = {} } = {}) {
    const url = `${node.http.replace(/^http/, "ws").replace(/\/$/, "")}${path}?${queryOf(query)}`;
    this.socket = new WebSocket(url, { headers, perMessageDeflate: false });
    this.socket.on("upgrade", (response) => (this.headers = response.headers));
    this.socket.on("open", () => (this.isOpen = true));
    this.socket.on("message", (frame) => this.frames.push(frame.toString()));
    this.socket.on("error", (error) => (this.failure = error.message));
    this.socket.on("close", (code) => (this.closeCode = code));
    this.socket.on("unexpected-response", (sent, response) => {
      let body = "";
      response.on("data", (chunk) => (body += chunk));
      response.on("end", () => {
        this.refusal = { status: response.statusCode, headers: response.headers, body };
      });
    });
    scope.defer(() => this.socket.terminate());
  }

  send(frame) {
    this.socket.send(frame);
  }

  /** Ends the TCP connection without a close frame. */
  cut() {
    this.socket.terminate();
  }

  /** Waits for a frame that fits, counted from the beginning. */
  frame(what, fits) {
    return until(
      what,
      () => this.frames.find(fits),
      () => ({ frames: this.frames, closeCode: this.closeCode }),
    );
  }

  /** Waits for the next delivery after those that were there before, parsed. */
  async delivery(index = 0) {
    const deliveries = () =>
      this.frames.filter((frame) => frame.startsWith("4") && frame.includes('"method":"publish"'));
    await until(
      `delivery ${index}`,
      () => deliveries().length > index,
      () => ({ frames: this.frames, closeCode: this.closeCode }),
    );
    return JSON.parse(deliveries()[index].slice(1));
  }

  closed() {
    return until(
      "the server closes the WebSocket",
      () => this.closeCode,
      () => this.frames,
    );
  }
}

/** A TCP connection to the producers' port. */
class RawProducer {
  answers = [];
  #input = Buffer.alloc(0);

  constructor(scope, node) {
    this.node = node;
    this.socket = net.connect(node.tcp, "127.0.0.1");
    this.socket.setNoDelay(true);
    this.socket.on("data", (chunk) => this.#onData(chunk));
    this.socket.on("error", (error) => (this.failure = error.message));
    this.socket.on("close", () => (this.isClosed = true));
    scope.defer(() => this.socket.destroy());
  }

  /** Returns a connection that has shown a good token. */
  static async authenticated(scope, node) {
    const connection = new RawProducer(scope, node);
    connection.call({ jsonrpc: "2.0", id: 0, method: "auth", params: [producerToken(node)] });
    assert.equal(await connection.answer(0), '{"jsonrpc":"2.0","id":0,"result":"OK"}');
    connection.answers.length = 0;
    return connection;
  }

  static frame(text) {
    const bytes = Buffer.from(text);
    return Buffer.concat([Buffer.from(`$${bytes.length}\r\n`), bytes, Buffer.from("\r\n")]);
  }

  write(bytes) {
    this.socket.write(bytes);
  }

  /** Sends a text, bytes, or any other value as JSON, in one frame. */
  call(value) {
    const isReady = typeof value === "string" || Buffer.isBuffer(value);
    this.write(RawProducer.frame(isReady ? value : JSON.stringify(value)));
  }

  /** Waits for an answer, the text of one frame. */
  async answer(index) {
    await until(
      `answer ${index}`,
      () => this.answers.length > index,
      () => ({ answers: this.answers, isClosed: this.isClosed, failure: this.failure }),
    );
    return this.answers[index];
  }

  closed() {
    return until(
      "the server closes the connection",
      () => this.isClosed,
      () => this.answers,
    );
  }

  #onData(chunk) {
    this.#input = Buffer.concat([this.#input, chunk]);
    while (true) {
      const head = /^\$(\d+)\r\n/.exec(this.#input.subarray(0, 20).toString("latin1"));
      if (!head) {
        assert.ok(this.#input.length < 20, `no frame: ${this.#input.subarray(0, 80)}`);
        return;
      }
      const begin = head[0].length;
      const end = begin + Number(head[1]);
      if (this.#input.length < end + 2) {
        return;
      }
      assert.equal(this.#input.subarray(end, end + 2).toString(), "\r\n");
      this.answers.push(this.#input.subarray(begin, end).toString("utf8"));
      this.#input = this.#input.subarray(end + 2);
    }
  }
}

/**
 * A wire between clients and a node's HTTP port that can be cut, and that can hold back what goes in
 * either direction before.
 */
class Wire {
  #pairs = new Set();
  #isHolding = { up: false, down: false };
  upBytesHeld = 0;
  downBytesHeld = 0;

  static async to(scope, node) {
    const wire = new Wire(node);
    await new Promise((resolve) => wire.server.listen(0, "127.0.0.1", resolve));
    wire.port = wire.server.address().port;
    scope.defer(() => {
      wire.cut();
      wire.server.close();
    });
    return wire;
  }

  constructor(node) {
    this.server = net.createServer((client) => {
      const server = net.connect(Number(new URL(node.http).port), "127.0.0.1");
      this.#pairs.add([client, server]);
      for (const end of [client, server]) {
        end.setNoDelay(true);
        end.on("error", () => {});
        end.on("close", () => [client, server].forEach((socket) => socket.destroy()));
      }
      client.on("data", (chunk) => this.#pass("up", chunk, server));
      server.on("data", (chunk) => this.#pass("down", chunk, client));
    });
  }

  /** From now on drops what clients send, polls apart: their posts, or their frames. */
  holdUp() {
    this.#isHolding.up = true;
  }

  /** From now on drops what the node sends. */
  holdDown() {
    this.#isHolding.down = true;
  }

  /** Ends all connections and lets new ones pass. */
  cut() {
    this.#pairs.forEach((pair) => pair.forEach((socket) => socket.destroy()));
    this.#pairs.clear();
    this.#isHolding = { up: false, down: false };
  }

  #pass(direction, chunk, target) {
    const isPoll = chunk.subarray(0, 4).toString("latin1") === "GET ";
    if (this.#isHolding[direction] && !isPoll) {
      this[`${direction}BytesHeld`] += chunk.length;
    } else {
      target.write(chunk);
    }
  }
}

module.exports = { request, PollingSession, RawSocket, RawProducer, Wire };
