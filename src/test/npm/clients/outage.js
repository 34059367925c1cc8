"use strict";
/** Redis goes away while two nodes run, and comes back with its data. */
const {
  ConsumerApp,
  POLLING_ONLY,
  ProducerApp,
  WEBSOCKET_ONLY,
  ask,
  assertSequence,
  context,
  httpToken,
  newName,
  newUser,
  received,
  request,
  test,
  until,
} = require("./lib");
const assert = require("node:assert/strict");

const { nodes } = context;
const BEFORE = 50;
const MEANWHILE = 500;

const sequence = (from, to) =>
  Array.from({ length: to - from }, (unused, index) => `message ${from + index}`);

/** Publishes one message over HTTP. */
function push(node, room, message) {
  return request(node, {}, {
    path: `/api/v1/rooms/${room}/messages`,
    method: "POST",
    headers: { Authorization: `Bearer ${httpToken(node)}`, "Content-Type": "application/json" },
    body: JSON.stringify({ message }),
  });
}

const isReady = async (node) => (await request(node, {}, { path: "/ready" })).status === 200;

test("pushes over TCP are held, HTTP answers 503, consumers stay, all goes on afterwards", async (scope) => {
  const producers = nodes.map((node) => new ProducerApp(scope, node));
  const rooms = nodes.map(() => newName("room"));
  const apps = nodes.flatMap((node) =>
    [{}, WEBSOCKET_ONLY, POLLING_ONLY].map(
      (options) => new ConsumerApp(scope, node, { userId: newUser() }, options),
    ),
  );
  for (const app of apps) {
    await app.opened();
    await Promise.all(rooms.map((room) => producers[0].join(room, app.id)));
  }
  const send = (from, to) =>
    rooms.forEach((room, index) =>
      sequence(from, to).forEach((message) => producers[index].send(room, `${room} ${message}`)),
    );
  send(0, BEFORE);
  for (const app of apps) {
    await received(app, 2 * BEFORE);
  }

  await ask("stop redis");
  send(BEFORE, MEANWHILE);
  for (const [index, node] of nodes.entries()) {
    const answer = await until("HTTP answers 503", async () => {
      const pushed = await push(node, rooms[index], "refused");
      return pushed.status === 503 && pushed;
    });
    assert.match(answer.headers["content-type"], /^application\/problem\+json/);
    await until("the node isn't ready", async () => !(await isReady(node)));
  }
  for (const app of apps) {
    assert.deepEqual([app.isConnected, app.opens, app.errors], [true, 1, []]);
    assert.equal(app.got.length, 2 * BEFORE);
  }
  await ask("start redis");

  for (const [index, node] of nodes.entries()) {
    await until("the node is ready", () => isReady(node));
    await until("HTTP answers 200", async () => {
      return (await push(node, rooms[index], "the last one")).status === 200;
    });
  }
  for (const app of apps) {
    await until("all has come", () => app.got.filter((text) => text === "the last one").length >= 2);
    for (const room of rooms) {
      assertSequence(
        app.got.filter((text) => text.startsWith(`${room} `)),
        sequence(0, MEANWHILE).map((message) => `${room} ${message}`),
        `a consumer of ${room}`,
      );
    }
    assert.ok(!app.got.includes("refused"), "what was refused isn't delivered");
    assert.deepEqual([app.isConnected, app.opens, app.errors], [true, 1, []]);
  }
  assert.deepEqual(producers.map((producer) => [producer.connects, producer.ends]), [[1, 0], [1, 0]]);
});

test("joins, counts and new consumers work afterwards", async (scope) => {
  for (const [index, node] of nodes.entries()) {
    const producer = new ProducerApp(scope, nodes[1 - index]);
    const app = await new ConsumerApp(scope, node, { userId: newUser() }).opened();
    const room = newName("room");
    assert.equal(await producer.join(room, app.id), 1);
    producer.send(room, "back");
    assertSequence(await received(app, 1), ["back"], "a new consumer");
    assert.equal((await producer.request("consumers", [app.identity.userId])).length, 1);
  }
});
