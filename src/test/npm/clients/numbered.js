"use strict";
/** Publications that are sent again at the other node, since the first one's answer was lost. */
const {
  ConsumerApp,
  RawProducer,
  assertSequence,
  context,
  httpToken,
  newName,
  newUser,
  received,
  test,
} = require("./lib");
const assert = require("node:assert/strict");

const [node, otherNode] = context.nodes;

const publish = (id, producer, sequence, messages) => ({
  jsonrpc: "2.0",
  id,
  method: "publish",
  params: { producer, sequence, messages },
});

const success = (id, result) => `{"jsonrpc":"2.0","id":${id},"result":${result}}`;

async function member(scope, rooms) {
  const app = await new ConsumerApp(scope, otherNode, { userId: newUser() }).opened();
  const producer = await RawProducer.authenticated(scope, node);
  for (const [index, room] of rooms.entries()) {
    producer.call({ jsonrpc: "2.0", id: index, method: "subscribe", params: [room, app.id] });
    assert.equal(await producer.answer(index), success(index, 1));
  }
  return app;
}

test("a numbered publish that is repeated at the other node is stored once", async (scope) => {
  const room = newName("room");
  const app = await member(scope, [room]);
  const name = newName("producer");
  const broken = await RawProducer.authenticated(scope, node);
  for (let sequence = 1; sequence <= 50; sequence++) {
    broken.call(publish(sequence, name, sequence, [[room, `message ${sequence}`]]));
  }
  // Cut where some are stored and some are on their way.
  await broken.answer(9);
  broken.socket.resetAndDestroy();

  const again = await RawProducer.authenticated(scope, otherNode);
  const expected = [];
  for (let sequence = 1; sequence <= 60; sequence++) {
    again.call(publish(sequence, name, sequence, [[room, `message ${sequence}`]]));
    expected.push(`message ${sequence}`);
  }

  for (let sequence = 1; sequence <= 60; sequence++) {
    assert.equal(await again.answer(sequence - 1), success(sequence, 1));
  }
  again.call({ jsonrpc: "2.0", id: 99, method: "publish", params: [[room, "the last one"]] });
  await received(app, expected.length + 1);
  assertSequence(app.got, [...expected, "the last one"], "the consumer");
});

test("a publish over HTTP that is repeated at the other node is stored once", async (scope) => {
  const rooms = [newName("room"), newName("room")];
  const app = await member(scope, rooms);
  const key = newName("key");
  const post = async (at, path, body) => {
    const answer = await fetch(new URL(path, at.http), {
      method: "POST",
      headers: {
        authorization: `Bearer ${httpToken(at)}`,
        "content-type": "application/json",
        "idempotency-key": key,
      },
      body: JSON.stringify(body),
    });
    assert.equal(answer.status, 200);
    return { body: await answer.json(), replayed: answer.headers.get("idempotent-replayed") };
  };

  const path = `api/v1/rooms/${rooms[0]}/messages`;
  const first = await post(node, path, { messages: ["a", "b"] });
  const again = await post(otherNode, path, { messages: ["a", "b"] });
  assert.deepEqual(again, { body: first.body, replayed: "true" });
  assert.equal(first.replayed, null);

  const batch = {
    entries: [
      { room: rooms[0], message: "c" },
      { room: rooms[1], message: "c" },
      { room: rooms[0], message: "d" },
    ],
  };
  const firstBatch = await post(node, "api/v1/messages", batch);
  const againBatch = await post(otherNode, "api/v1/messages", batch);
  assert.deepEqual(againBatch, { body: firstBatch.body, replayed: "true" });

  await received(app, 5);
  assert.deepEqual([...app.got].sort(), ["a", "b", "c", "c", "d"]);
});
