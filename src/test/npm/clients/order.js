"use strict";
/** Order: every kind of client gets every message of a room once, in order. */
const {
  ConsumerApp,
  EngineIoApp,
  POLLING_ONLY,
  ProducerApp,
  WEBSOCKET_ONLY,
  assertSequence,
  consumerIdOf,
  context,
  inAnHour,
  newName,
  newUser,
  received,
  test,
  until,
} = require("./lib");
const assert = require("node:assert/strict");

const [node] = context.nodes;
const UPGRADING = {};
const LAST = "the last one";

const CLIENTS = {
  "snapper-consumer": (scope, identity, options) => new ConsumerApp(scope, node, identity, options),
  "engine.io-client 3": (scope, identity, options) =>
    new EngineIoApp(scope, node, 3, identity, options),
  "engine.io-client 6": (scope, identity, options) =>
    new EngineIoApp(scope, node, 6, identity, options),
};

const sequence = (length) => Array.from({ length }, (unused, index) => `message ${index}`);

for (const [name, options, transport] of [
  ["default options", UPGRADING, "websocket"],
  ["websocket only", WEBSOCKET_ONLY, "websocket"],
  ["polling only", POLLING_ONLY, "polling"],
]) {
  test(`1000 messages reach every client with ${name} once and in order`, async (scope) => {
    const producer = new ProducerApp(scope, node);
    const room = newName("room");
    const apps = Object.entries(CLIENTS).map(([client, make]) => [
      client,
      make(scope, { userId: newUser() }, options),
    ]);
    for (const [, app] of apps) {
      await app.opened();
      assert.equal(await producer.join(room, app.id), 1);
    }

    const sent = [...sequence(1000), LAST];
    sent.forEach((message) => producer.send(room, message));

    for (const [client, app] of apps) {
      await received(app, sent.length);
      assertSequence(app.got, sent, `${client}, ${name}`);
      assert.equal(app.transport, transport, client);
    }
  });
}

test("messages published while clients connect and upgrade arrive once and in order", async (scope) => {
  const producer = new ProducerApp(scope, node);
  const room = newName("room");
  const identities = Object.keys(CLIENTS).map(() => ({
    userId: newUser(),
    exp: inAnHour(),
    source: "web",
  }));
  for (const identity of identities) {
    assert.equal(await producer.join(room, consumerIdOf(identity)), 1);
  }
  const sent = [];
  const stream = setInterval(() => {
    sent.push(`message ${sent.length}`);
    producer.send(room, sent.at(-1));
  }, 2);
  scope.defer(() => clearInterval(stream));

  const apps = Object.entries(CLIENTS).map(([client, make], index) => [
    client,
    make(scope, identities[index], UPGRADING),
  ]);
  for (const [client, app] of apps) {
    await until(
      `${client} is on a WebSocket and gets messages there`,
      () => app.transport === "websocket",
      () => app.transport,
    );
    await received(app, app.got.length + 50);
  }
  clearInterval(stream);
  producer.send(room, LAST);
  sent.push(LAST);

  for (const [client, app] of apps) {
    await until(`${client} got the last message`, () => app.got.at(-1) === LAST, () => app.got.length);
    assertSequence(app.got, sent, client);
  }
});
