"use strict";
/**
 * A node stands still for longer than its lease and wakes up. Its consumers have gone to the other
 * node meanwhile, but their old connections are still there: nothing may come over them any more,
 * though the node has in its sockets what was pushed to it while it stood still.
 */
const {
  ConsumerApp,
  ProducerApp,
  RawSocket,
  ask,
  assertSequence,
  consumerToken,
  context,
  inAnHour,
  newName,
  newUser,
  test,
  until,
} = require("./lib");
const assert = require("node:assert/strict");

const [freezing, other] = context.nodes;
const CONSUMERS = 10;

/** Longer than the lease, 5 s, and shorter than the 9 s after which the node misses heartbeats. */
const FROZEN_MS = 7_000;
const PING_EVERY_MS = 500;

const sequence = (from, to) =>
  Array.from({ length: to - from }, (unused, index) => `message ${from + index}`);
const isDelivery = (frame) => frame.includes('"method":"publish"');

/** A device whose first connection stays open, whatever becomes of it. */
class Device {
  identity = { userId: newUser(), source: "web", exp: inAnHour() };

  constructor(scope) {
    this.scope = scope;
  }

  async connectToTheFreezingNode() {
    const token = consumerToken(freezing, this.identity);
    const query = { EIO: 3, transport: "websocket", token };
    this.old = await RawSocket.open(this.scope, freezing, query);
    const open = await this.old.frame("an open packet", (frame) => frame.startsWith("0"));
    this.id = JSON.parse(open.slice(1)).sid;
    const timer = setInterval(() => this.old.send("2"), PING_EVERY_MS);
    this.old.socket.on("close", () => clearInterval(timer));
    this.scope.defer(() => clearInterval(timer));
  }

  /** Takes the first delivery, so that the next one is only kept back because it must be. */
  async takeTheFirst(message) {
    const { id, params } = await this.old.delivery();
    assert.deepEqual(params, [message]);
    this.old.send(`4${JSON.stringify({ jsonrpc: "2.0", id, result: "OK" })}`);
  }

  async connectToTheOtherNode() {
    this.app = await new ConsumerApp(this.scope, other, this.identity).opened();
  }
}

test("a node that wakes up delivers nothing over connections it still has", async (scope) => {
  const producer = new ProducerApp(scope, other);
  const room = newName("room");
  const publish = (from, to) =>
    producer.request("publish", sequence(from, to).map((message) => [room, message]));
  const devices = Array.from({ length: CONSUMERS }, () => new Device(scope));
  for (const device of devices) {
    await device.connectToTheFreezingNode();
    await producer.join(room, device.id);
  }
  await publish(0, 1);
  for (const device of devices) {
    await device.takeTheFirst("message 0");
  }

  await ask("freeze");
  const frozenAt = Date.now();
  await publish(1, 10);
  for (const device of devices) {
    await device.connectToTheOtherNode();
  }
  await publish(10, 20);
  const isNew = (message) => message !== "message 0";
  const count = (app) => app.got.filter(isNew).length;
  for (const { app } of devices) {
    await until("what was published meanwhile", () => count(app) === 19, () => app.got);
  }
  await until("the lease has ended", () => Date.now() - frozenAt > FROZEN_MS);
  assert.ok(devices.every(({ old }) => old.closeCode === undefined), "the old ones are still open");
  await ask("thaw");

  await publish(20, 30);
  for (const { old, app } of devices) {
    await until("all messages", () => count(app) >= 29, () => app.got);
    await old.closed();
    assert.deepEqual(old.frames.filter(isDelivery).length, 1, old.frames.join("\n"));
    // Its ack of the first one may not have been written yet when the node froze.
    assertSequence(app.got.filter(isNew), sequence(1, 30), "the device at the other node");
  }
});
