"use strict";
/** What the settings of these nodes make short enough to see: heartbeats, and a mailbox's end. */
const {
  ConsumerApp,
  EngineIoApp,
  POLLING_ONLY,
  PollingSession,
  ProducerApp,
  RawProducer,
  RawSocket,
  WEBSOCKET_ONLY,
  assertSequence,
  consumerToken,
  context,
  inAnHour,
  newName,
  newUser,
  producerToken,
  received,
  request,
  test,
  until,
} = require("./lib");
const assert = require("node:assert/strict");

const [node] = context.nodes;

const newIdentity = () => ({ userId: newUser(), exp: inAnHour(), source: "web" });
const webSocket = (parameters) => ({ EIO: 3, transport: "websocket", ...parameters });

test("a client that stays silent is closed, one that lives is not", async (scope) => {
  const producer = new ProducerApp(scope, node);
  const alive = [
    new ConsumerApp(scope, node, newIdentity()),
    new ConsumerApp(scope, node, newIdentity(), POLLING_ONLY),
    new EngineIoApp(scope, node, 3, newIdentity(), WEBSOCKET_ONLY),
    new EngineIoApp(scope, node, 6, newIdentity(), WEBSOCKET_ONLY),
    new EngineIoApp(scope, node, 6, newIdentity(), POLLING_ONLY),
  ];
  await Promise.all(alive.map((app) => app.opened()));
  const tokenOf = () => consumerToken(node, newIdentity());
  const silent = [
    await RawSocket.open(scope, node, webSocket({ token: tokenOf() })),
    await RawSocket.open(scope, node, webSocket({ token: tokenOf(), EIO: 4 })),
  ];
  const polling = [
    await PollingSession.open(node, tokenOf()),
    await PollingSession.open(node, tokenOf(), 4),
  ];

  await Promise.all(silent.map((socket) => socket.closed()));
  for (const session of polling) {
    const body = await until("the polling session ends", async () => {
      const polled = await session.poll();
      return polled.status === 400 && polled.body;
    });
    assert.equal(body, '{"code":1,"message":"Session ID unknown"}');
  }

  assert.ok(silent[1].frames.includes("2"), "revision 4: the server pings");
  assert.ok(!silent[0].frames.includes("2"), "revision 3: it doesn't");
  for (const app of alive) {
    producer.send(`user${app.identity.userId}`, "alive");
    assertSequence(await received(app, 1), ["alive"], "who lives");
    assert.deepEqual(app.errors, []);
  }
});

test("heartbeats go in each revision's direction", async (scope) => {
  const tokenOf = () => consumerToken(node, newIdentity());
  const third = await RawSocket.open(scope, node, webSocket({ token: tokenOf() }));
  for (const [ping, pong] of [["2", "3"], ["2probe", "3probe"], ["2hello 😀", "3hello 😀"]]) {
    third.send(ping);
    await third.frame(`${pong} after ${ping}`, (frame) => frame === pong);
  }
  const fourth = await RawSocket.open(scope, node, webSocket({ token: tokenOf(), EIO: 4 }));
  for (let count = 1; count <= 3; count++) {
    await until(
      `ping ${count}`,
      () => fourth.frames.filter((frame) => frame === "2").length === count,
      () => fourth.frames,
    );
    fourth.send("3");
  }
  fourth.send("2");
  await fourth.closed();
});

test("each configured secret verifies, however short", async (scope) => {
  for (const secret of node.secrets) {
    const signing = { ...node, secrets: [secret] };
    const userId = newUser();
    const producer = new ProducerApp(scope, signing);
    const app = await new ConsumerApp(scope, signing, { userId }).opened();
    await RawProducer.authenticated(scope, signing);
    producer.send(`user${userId}`, secret);
    assertSequence(await received(app, 1), [secret], "the consumer");
  }
  assert.deepEqual(node.secrets.map((secret) => secret.length < 32), [false, true]);
  assert.notEqual(producerToken(node), undefined);
});

test("a new login lets the same user's old mailbox end soon, and nobody else's", async (scope) => {
  const producer = new ProducerApp(scope, node);
  const ann = newIdentity();
  const bob = newIdentity();
  const rooms = Array.from({ length: 100 }, () => newName("room"));
  const [annFirst, bobFirst] = await Promise.all(
    [ann, bob].map((identity) => new ConsumerApp(scope, node, identity).opened()),
  );
  await Promise.all(rooms.map((room) => producer.join(room, annFirst.id)));
  await producer.join(rooms[0], bobFirst.id);
  annFirst.close();
  bobFirst.close();
  for (const { userId } of [ann, bob]) {
    await until("they are away", async () => {
      return (await producer.request("consumers", [userId])).length === 0;
    });
  }
  await producer.request("publish", [rooms[0], "missed"]);

  const login = async (identity, cookie) => {
    const query = { EIO: 3, transport: "polling", token: consumerToken(node, identity) };
    const answer = await request(node, query, { headers: { Cookie: `a=b; snapper.ws=${cookie}` } });
    assert.equal(answer.status, 200, answer.body);
  };
  await login(newIdentity(), bobFirst.id);
  await login({ ...ann, exp: ann.exp + 1 }, annFirst.id);
  let leaves = 0;
  await until(
    "ann's old mailbox is gone: it is in none of its rooms any more",
    async () => (await producer.leave(rooms[99 - leaves++], annFirst.id)) === 0,
    () => `${leaves} rooms that it was still in`,
    100,
  );

  const bobAgain = await new ConsumerApp(scope, node, bob).opened();
  assertSequence(await received(bobAgain, 1), ["missed"], "bob");
  const annAgain = await new ConsumerApp(scope, node, ann).opened();
  producer.send(`user${ann.userId}`, "new");
  assertSequence(await received(annAgain, 1), ["new"], "ann with her old token");
  assert.ok(leaves > 1, "it lived on for a while");
});
