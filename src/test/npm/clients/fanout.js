"use strict";
/** Fan-out: many consumers in one room. */
const {
  ConsumerApp,
  ProducerApp,
  WEBSOCKET_ONLY,
  assertSequence,
  context,
  newName,
  newUser,
  received,
  test,
} = require("./lib");

const [node] = context.nodes;
const CONSUMERS = 200;
const MESSAGES = 1000;

test(`${MESSAGES} messages reach ${CONSUMERS} consumers once and in order`, async (scope) => {
  const producer = new ProducerApp(scope, node);
  const room = newName("room");
  const apps = Array.from(
    { length: CONSUMERS },
    () => new ConsumerApp(scope, node, { userId: newUser() }, WEBSOCKET_ONLY),
  );
  await Promise.all(apps.map((app) => app.opened()));
  await Promise.all(apps.map((app) => producer.join(room, app.id)));

  const sent = Array.from({ length: MESSAGES }, (unused, index) => `message ${index}`);
  sent.forEach((message) => producer.send(room, message));
  producer.send(room, "the last one");

  for (const [index, app] of apps.entries()) {
    await received(app, MESSAGES + 1);
    assertSequence(app.got, [...sent, "the last one"], `consumer ${index}`);
  }
});
