"use strict";
/** Rooms: joins and leaves, their results, and whom they reach. The second node is another kind. */
const {
  ConsumerApp,
  ProducerApp,
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

const [node, otherNode] = context.nodes;

const newIdentity = () => ({ userId: newUser(), exp: inAnHour(), source: "web" });

test("a join and a leave answer 1 if they change something, else 0", async (scope) => {
  const producer = new ProducerApp(scope, node);
  const app = await new ConsumerApp(scope, node, { userId: newUser() }).opened();
  const room = newName("room");

  assert.equal(await producer.leave(room, app.id), 0);
  assert.equal(await producer.join(room, app.id), 1);
  assert.equal(await producer.join(room, app.id), 0);
  assert.equal(await producer.leave(room, app.id), 1);
  assert.equal(await producer.leave(room, app.id), 0);
  assert.equal(await producer.join(room, app.id), 1);
});

test("a consumer can be put into a room before its first connection", async (scope) => {
  const producer = new ProducerApp(scope, node);
  const identity = newIdentity();
  const room = newName("room");
  assert.equal(await producer.request("publish", [room, "before the join"]), 1);
  assert.equal(await producer.join(room, consumerIdOf(identity)), 1);
  assert.equal(await producer.join(room, consumerIdOf(identity)), 0);
  assert.equal(await producer.request("publish", [room, "before the connection"]), 1);

  const app = await new ConsumerApp(scope, node, identity).opened();
  producer.send(room, "after it");

  await received(app, 2);
  assertSequence(app.got, ["before the connection", "after it"], "the consumer");
  assert.equal(app.id, consumerIdOf(identity));
});

test("a consumer that is away can be put into and taken out of rooms", async (scope) => {
  const producer = new ProducerApp(scope, node);
  const identity = newIdentity();
  const first = await new ConsumerApp(scope, node, identity).opened();
  const [left, joined] = [newName("left"), newName("joined")];
  assert.equal(await producer.join(left, first.id), 1);
  first.close();
  await until("it is away", async () => {
    return (await producer.request("consumers", [identity.userId])).length === 0;
  });

  assert.equal(await producer.leave(left, first.id), 1);
  assert.equal(await producer.join(joined, first.id), 1);
  await producer.request("publish", [[left, "to the room it left"], [joined, "to the new one"]]);
  const second = await new ConsumerApp(scope, node, identity).opened();
  producer.send(joined, "the last one");

  await received(second, 2);
  assertSequence(second.got, ["to the new one", "the last one"], "the consumer");
});

test("a join on one node takes effect on the other", async (scope) => {
  const here = new ProducerApp(scope, node);
  const there = new ProducerApp(scope, otherNode);
  const app = await new ConsumerApp(scope, node, { userId: newUser() }).opened();
  const room = newName("room");

  assert.equal(await there.join(room, app.id), 1);
  assert.equal(await here.join(room, app.id), 0);
  there.send(room, "from the other node");
  await received(app, 1);
  here.send(room, "from its own node");
  await received(app, 2);
  assert.equal(await there.leave(room, app.id), 1);
  await there.request("publish", [room, "after the leave"]);
  here.send(`user${app.identity.userId}`, "the last one");

  await received(app, 3);
  assertSequence(app.got, ["from the other node", "from its own node", "the last one"], "it");
});

for (const [where, producing] of [["on its node", node], ["on the other node", otherNode]]) {
  test(`a publish right after a subscribe ${where} reaches the one just joined`, async (scope) => {
    const producer = new ProducerApp(scope, producing);
    const app = await new ConsumerApp(scope, node, { userId: newUser() }).opened();
    const rooms = Array.from({ length: 50 }, () => newName("room"));

    const joins = [];
    for (const room of rooms) {
      joins.push(producer.join(room, app.id));
      producer.send(room, room);
    }

    assert.deepEqual(await Promise.all(joins), rooms.map(() => 1));
    await received(app, rooms.length);
    assert.deepEqual([...app.got].sort(), [...rooms].sort());
  });
}

test("after a leave nothing more of the room arrives", async (scope) => {
  const producer = new ProducerApp(scope, node);
  const [leaver, stayer] = await Promise.all(
    [newUser(), newUser()].map((userId) => new ConsumerApp(scope, node, { userId }).opened()),
  );
  const room = newName("room");
  await Promise.all([leaver, stayer].map((app) => producer.join(room, app.id)));
  producer.send(room, "to both");
  await Promise.all([received(leaver, 1), received(stayer, 1)]);

  assert.equal(await producer.leave(room, leaver.id), 1);
  producer.send(room, "to one");
  await received(stayer, 2);
  producer.send(`user${leaver.identity.userId}`, "the last one");

  await received(leaver, 2);
  assertSequence(leaver.got, ["to both", "the last one"], "who left");
  assertSequence(stayer.got, ["to both", "to one"], "who stayed");
});

test("every consumer is in the room of its user from the start", async (scope) => {
  const producer = new ProducerApp(scope, node);
  const userId = newUser();
  const devices = ["android", "ios", "web"].map(
    (source) => new ConsumerApp(scope, node, { userId, source }),
  );
  const named = new ConsumerApp(scope, otherNode, { userId: "ann@example.com" + newName("") });
  await Promise.all([...devices, named].map((app) => app.opened()));

  producer.send(`user${userId}`, "to all devices");
  producer.send(`user${named.identity.userId}`, "to a user of another form");

  for (const app of devices) {
    assertSequence(await received(app, 1), ["to all devices"], app.identity.source);
  }
  assertSequence(await received(named, 1), ["to a user of another form"], "the other user");
});

test("a user's devices are counted by kind, on all nodes", async (scope) => {
  const producer = new ProducerApp(scope, node);
  const userId = newUser();
  const count = () => producer.request("consumers", [userId]);
  const expectCount = async (expected) => {
    let seen;
    await until(
      `consumers answers ${JSON.stringify(expected)}`,
      async () => {
        seen = await count();
        return JSON.stringify(seen) === JSON.stringify(expected);
      },
      () => seen,
    );
  };
  assert.deepEqual(await count(), { length: 0, android: 0, ios: 0, web: 0 });

  const sources = ["android", "Android 14", "ios", "iPad", "web", "teambition", "mac", undefined];
  const apps = sources.map((source, index) => {
    const identity = { userId, source, exp: inAnHour() + index };
    return new ConsumerApp(scope, index % 2 === 0 ? node : otherNode, identity);
  });
  await Promise.all(apps.map((app) => app.opened()));

  assert.deepEqual(apps.map((app) => app.id), apps.map((app) => consumerIdOf(app.identity)));
  assert.equal(
    JSON.stringify(await count()),
    JSON.stringify({ length: 8, android: 2, ios: 2, web: 4 }),
  );
  apps[0].close();
  apps[5].close();
  await expectCount({ length: 6, android: 1, ios: 2, web: 3 });
});
