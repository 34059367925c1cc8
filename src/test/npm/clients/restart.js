"use strict";
/**
 * A restart: snapper-producer keeps sending while its node stops (SIGTERM) and starts again on the
 * same port.
 *
 * What snapper-producer promises, by the way it is built: what it has written to its socket before
 * the server ends the connection arrives, since a stopping node reads on to the end; what the
 * application sends while there is no connection is kept and sent later. Only between the server's
 * end of the connection and the socket's own does it write into a dead socket, and what it still
 * held back at that moment goes the same way: those messages are uncertain.
 */
const {
  ConsumerApp,
  POLLING_ONLY,
  ProducerApp,
  WEBSOCKET_ONLY,
  ask,
  assertSequence,
  context,
  newName,
  newUser,
  test,
  until,
} = require("./lib");
const assert = require("node:assert/strict");

const [node, otherNode] = context.nodes;
const INTERVAL_MS = 3;
const AFTERWARDS = 200;

/** Sends numbered messages all the time, and knows which ones the package can't vouch for. */
class Stream {
  sent = [];
  uncertain = new Set();
  #lastHandedOver = 0;

  constructor(scope, producer, room) {
    this.producer = producer;
    this.room = room;
    producer.client.on("end", () => this.#onEnd());
    const timer = setInterval(() => this.#send(), INTERVAL_MS);
    this.stop = () => clearInterval(timer);
    scope.defer(this.stop);
  }

  #send() {
    const index = this.sent.length;
    this.sent.push(`message ${index}`);
    const isDying = this.isEnded && this.producer.isConnected;
    if (isDying) {
      this.uncertain.add(index);
    } else if (!this.producer.isConnected) {
      this.isEnded = false;
    }
    this.producer.send(this.room, this.sent[index]);
    if (!this.producer.isHolding) {
      this.#lastHandedOver = this.sent.length;
    }
  }

  #onEnd() {
    this.isEnded = true;
    for (let index = this.#lastHandedOver; index < this.sent.length; index++) {
      this.uncertain.add(index);
    }
  }

  /** Returns what must have come: all, without those uncertain ones that didn't. */
  expected(got) {
    const came = new Set(got);
    return this.sent.filter((message, index) => !this.uncertain.has(index) || came.has(message));
  }
}

test("no message is lost while the node restarts, and each arrives once", async (scope) => {
  const producer = new ProducerApp(scope, node);
  const room = newName("room");
  const apps = {
    "on the other node": new ConsumerApp(scope, otherNode, { userId: newUser() }),
    "on the node, default options": new ConsumerApp(scope, node, { userId: newUser() }),
    "on the node, websocket only": new ConsumerApp(scope, node, { userId: newUser() }, WEBSOCKET_ONLY),
    "on the node, polling only": new ConsumerApp(scope, node, { userId: newUser() }, POLLING_ONLY),
  };
  for (const app of Object.values(apps)) {
    await app.opened();
    assert.equal(await producer.join(room, app.id), 1);
  }
  const [away, ...moving] = Object.values(apps);
  const stream = new Stream(scope, producer, room);
  await until("messages flow", () => away.got.length > 100);

  const { nodes } = await ask("restart");
  await until("the producer is back", () => producer.connects === 2, () => producer.errors);
  moving.forEach((app) => app.connect(nodes[0]));
  const sentUntilNow = stream.sent.length;
  await until("more was sent", () => stream.sent.length > sentUntilNow + AFTERWARDS);
  stream.stop();
  producer.send(room, "the last one");
  stream.sent.push("the last one");

  for (const [who, app] of Object.entries(apps)) {
    await until(`the last one came ${who}`, () => app.got.at(-1) === "the last one", () => ({
      got: app.got.length,
      sent: stream.sent.length,
      errors: app.errors,
    }));
    const gaps = app.events.filter((event) => event.data.method === "gap");
    assert.deepEqual(gaps.map((event) => event.data.params), [], `gap notices ${who}`);
    assertSequence(app.got, stream.expected(away.got), who);
  }
  assert.equal(producer.ends, 1, "the node ended the connection, it was not cut");
  console.log(`     ${stream.sent.length} sent, ${stream.uncertain.size} of them uncertain`);
});
