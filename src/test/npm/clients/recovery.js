"use strict";
/** Recovery: reconnects on the same node and on the other one, which is of another kind. */
const {
  ConsumerApp,
  POLLING_ONLY,
  ProducerApp,
  RawSocket,
  WEBSOCKET_ONLY,
  Wire,
  assertSequence,
  consumerToken,
  context,
  inAnHour,
  newName,
  newUser,
  received,
  soon,
  test,
  until,
} = require("./lib");
const assert = require("node:assert/strict");

const [here, there] = context.nodes;
const OPTIONS = {
  "default options": {},
  "websocket only": WEBSOCKET_ONLY,
  "polling only": POLLING_ONLY,
};

const newIdentity = () => ({ userId: newUser(), exp: inAnHour(), source: "web" });
const roomOf = (identity) => `user${identity.userId}`;
const sequence = (from, to) =>
  Array.from({ length: to - from }, (unused, index) => `message ${from + index}`);
const answer = (id, outcome) => `4${JSON.stringify({ jsonrpc: "2.0", id, ...outcome })}`;

/** Waits until the node, too, has changed to the transport that the options lead to. */
async function settled(app, options) {
  const transport = options === POLLING_ONLY ? "polling" : "websocket";
  await until(`it is on ${transport}`, () => app.transport === transport, () => app.transport);
  await soon(
    "an answer over it",
    new Promise((resolve) => app.client.request("settled?", [], resolve)),
  );
}

/**
 * Waits until the node knows that the consumer has gone. All sessions of a token have the same sid:
 * the close packet of one by polling that came late would end the next one.
 */
function isAway(producer, app) {
  return until("it is away", async () => {
    return (await producer.request("consumers", [app.identity.userId])).length === 0;
  });
}

for (const [where, other] of [["the same node", here], ["the other node", there]]) {
  for (const [name, options] of Object.entries(OPTIONS)) {
    test(`what was missed arrives after a reconnect on ${where}, ${name}`, async (scope) => {
      const producer = new ProducerApp(scope, here);
      const app = await new ConsumerApp(scope, here, newIdentity(), options).opened();
      const room = newName("room");
      await producer.join(room, app.id);
      sequence(0, 10).forEach((message) => producer.send(room, message));
      await received(app, 10);

      app.close();
      await isAway(producer, app);
      await producer.request(
        "publish",
        sequence(10, 400).map((message) => [room, message]),
      );
      app.connect(other);
      await received(app, 400);
      sequence(400, 410).forEach((message) => producer.send(room, message));

      assertSequence(await received(app, 410), sequence(0, 410), "the consumer");
    });
  }
}

for (const [name, options] of Object.entries(OPTIONS)) {
  test(`a batch whose ack was cut off arrives once, by the other node, ${name}`, async (scope) => {
    const producer = new ProducerApp(scope, there);
    const wire = await Wire.to(scope, here);
    const identity = newIdentity();
    const app = new ConsumerApp(scope, here, identity, options, wire);
    await settled(await app.opened(), options);

    wire.holdUp();
    producer.send(roomOf(identity), "message 0");
    await received(app, 1);
    await until("its ack is on the wire", () => wire.upBytesHeld > 0);
    await producer.request(
      "publish",
      sequence(1, 60).map((message) => [roomOf(identity), message]),
    );
    wire.cut();
    app.connect(there);

    assertSequence(await received(app, 60), sequence(0, 60), "the application");
  });

  test(`a batch that was cut off itself arrives by the other node, ${name}`, async (scope) => {
    const producer = new ProducerApp(scope, there);
    const wire = await Wire.to(scope, here);
    const identity = newIdentity();
    const app = new ConsumerApp(scope, here, identity, options, wire);
    await settled(await app.opened(), options);

    wire.holdDown();
    producer.send(roomOf(identity), "message 0");
    await until("it is on the wire", () => wire.downBytesHeld > 0);
    producer.send(roomOf(identity), "message 1");
    wire.cut();
    app.connect(there);

    assertSequence(await received(app, 2), sequence(0, 2), "the application");
  });
}

test("a batch without an ack comes again with the same id and messages, on every node", async (scope) => {
  const producer = new ProducerApp(scope, here);
  const identity = newIdentity();
  const token = consumerToken(here, identity);
  const connect = (node) => RawSocket.open(scope, node, { EIO: 3, transport: "websocket", token });
  const batch = sequence(0, 30);
  const connection = await connect(here);
  await connection.frame("the open packet", (frame) => frame.startsWith("0"));
  await producer.request("publish", batch.map((message) => [roomOf(identity), message]));
  const first = await connection.delivery();
  assertSequence(first.params, batch.slice(0, first.params.length), "the first delivery");
  await producer.request("publish", [[roomOf(identity), "later"]]);

  let last = connection;
  for (const node of [there, here, here, there]) {
    last.cut();
    last = await connect(node);
    assert.deepEqual(await last.delivery(), first);
  }
  last.send(answer(first.id, { result: "OK" }));

  const rest = [];
  for (let index = 1; rest.at(-1) !== "later"; index++) {
    const delivery = await last.delivery(index);
    assert.notEqual(delivery.id, first.id);
    rest.push(...delivery.params);
    last.send(answer(delivery.id, { result: "OK" }));
  }
  assertSequence([...first.params, ...rest], [...batch, "later"], "all deliveries");
});

test("one delivery of 50 messages at most is in flight", async (scope) => {
  const producer = new ProducerApp(scope, here);
  const identity = newIdentity();
  const token = consumerToken(here, identity);
  const socket = await RawSocket.open(scope, here, { EIO: 3, transport: "websocket", token });
  await socket.frame("the open packet", (frame) => frame.startsWith("0"));
  const sent = sequence(0, 500);
  await producer.request("publish", sent.map((message) => [roomOf(identity), message]));

  const got = [];
  const ids = new Set();
  for (let index = 0; got.length < sent.length; index++) {
    const delivery = await socket.delivery(index);
    socket.send('4{"jsonrpc":"2.0","id":"in between","method":"echo"}');
    await until(
      "the answer to what was sent after the delivery",
      () => socket.frames.filter((frame) => frame.includes("in between")).length > index,
    );
    const deliveries = socket.frames.filter((frame) => frame.includes('"method":"publish"'));
    assert.equal(deliveries.length, index + 1, "no further delivery before the answer");
    assert.ok(delivery.params.length <= 50, `${delivery.params.length} messages`);
    ids.add(delivery.id);
    got.push(...delivery.params);
    socket.send(answer(delivery.id, { result: "OK" }));
  }

  assertSequence(got, sent, "the consumer");
  assert.ok(got.length / ids.size > 25, `${ids.size} deliveries, each with an id of its own`);
});

test("a delivery that is answered with an error comes again later, with the same id", async (scope) => {
  const producer = new ProducerApp(scope, here);
  const identity = newIdentity();
  const token = consumerToken(here, identity);
  const socket = await RawSocket.open(scope, here, { EIO: 3, transport: "websocket", token });
  await socket.frame("the open packet", (frame) => frame.startsWith("0"));
  producer.send(roomOf(identity), "hard to take");

  const first = await socket.delivery(0);
  socket.send(answer(first.id, { error: { code: -32000, message: "not now" } }));
  producer.send(roomOf(identity), "the next one");
  const again = await socket.delivery(1);
  socket.send(answer(again.id, { result: "OK" }));
  const next = await socket.delivery(2);

  assert.deepEqual(again, first);
  assert.deepEqual(next.params, ["the next one"]);
  assert.ok(!socket.frames.some((frame) => frame.includes('"invalid"')), socket.frames);
});

for (const [name, options] of Object.entries(OPTIONS)) {
  test(`each message arrives once while the consumer changes nodes again and again, ${name}`, async (scope) => {
    const producer = new ProducerApp(scope, here);
    const wires = [await Wire.to(scope, here), await Wire.to(scope, there)];
    const identity = newIdentity();
    const app = new ConsumerApp(scope, here, identity, options, wires[0]);
    await app.opened();
    const sent = [];
    const stream = setInterval(() => {
      sent.push(`message ${sent.length}`);
      producer.send(roomOf(identity), sent.at(-1));
    }, 3);
    scope.defer(() => clearInterval(stream));

    for (let change = 1; change <= 12; change++) {
      await received(app, app.got.length + change);
      wires[(change + 1) % 2].cut();
      app.connect([here, there][change % 2], wires[change % 2]);
    }
    clearInterval(stream);
    producer.send(roomOf(identity), "the last one");
    sent.push("the last one");

    await until("the last one came", () => app.got.at(-1) === "the last one", () => app.got.length);
    assertSequence(app.got, sent, "the application");
  });
}

test("a connection on the other node takes over", async (scope) => {
  const producer = new ProducerApp(scope, here);
  const identity = newIdentity();
  const first = await new ConsumerApp(scope, here, identity).opened();
  const second = await new ConsumerApp(scope, there, identity).opened();

  await until("the first one is closed", () => !first.isConnected);
  producer.send(roomOf(identity), "to the second");

  await received(second, 1);
  assert.deepEqual([first.got, second.got], [[], ["to the second"]]);
  const { length } = await producer.request("consumers", [identity.userId]);
  assert.equal(length, 1);
});
