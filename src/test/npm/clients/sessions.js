"use strict";
/** Sessions: whose they are, what ends one, and that nobody else is disturbed. */
const {
  ConsumerApp,
  EngineIoApp,
  PollingSession,
  ProducerApp,
  RawSocket,
  WEBSOCKET_ONLY,
  assertSequence,
  badTokens,
  consumerToken,
  context,
  inAnHour,
  newUser,
  now,
  received,
  request,
  test,
  until,
} = require("./lib");
const assert = require("node:assert/strict");

const [node] = context.nodes;
const UNKNOWN_SESSION = '{"code":1,"message":"Session ID unknown"}';
const NOOP = "6";
const CLOSE = "1";

const newIdentity = () => ({ userId: newUser(), exp: inAnHour(), source: "web" });
const webSocket = (parameters) => ({ EIO: 3, transport: "websocket", ...parameters });
const roomOf = (identity) => `user${identity.userId}`;

/** Somebody else on the same node, by polling and by WebSocket, who must not notice anything. */
class Neighbours {
  static async open(scope, producer) {
    const neighbours = new Neighbours();
    neighbours.producer = producer;
    neighbours.apps = [{}, WEBSOCKET_ONLY, { transports: ["polling"] }].map(
      (options) => new ConsumerApp(scope, node, newIdentity(), options),
    );
    await Promise.all(neighbours.apps.map((app) => app.opened()));
    return neighbours;
  }

  async assertUndisturbed() {
    for (const app of this.apps) {
      this.producer.send(roomOf(app.identity), "undisturbed?");
      assertSequence(await received(app, 1), ["undisturbed?"], "a neighbour");
      assert.deepEqual([app.isConnected, app.opens, app.errors], [true, 1, []]);
    }
  }
}

async function assertOver(session) {
  const answer = await until("the session is unknown", async () => {
    const polled = await session.poll();
    return polled.status === 400 && polled;
  });
  assert.equal(answer.body, UNKNOWN_SESSION);
}

test("requests for somebody else's sid get code 1, and its owner goes on", async (scope) => {
  const producer = new ProducerApp(scope, node);
  const owner = newIdentity();
  const session = await PollingSession.open(node, consumerToken(node, owner));
  const sid = session.openPacket.sid;
  const waiting = session.messages(1);
  const foreign = {
    ...badTokens(node, owner),
    "another user's token": consumerToken(node, newIdentity()),
    "the same user's other token": consumerToken(node, { ...owner, exp: owner.exp + 1 }),
    "the same user's other device": consumerToken(node, { ...owner, source: "ios" }),
  };

  for (const [what, token] of Object.entries(foreign)) {
    const query = { EIO: 3, transport: "polling", sid, token };
    const answers = [
      await request(node, query),
      await request(node, query, { method: "POST", body: "1:1" }),
      await RawSocket.refused(scope, node, webSocket({ sid, token })),
    ];
    for (const answer of answers) {
      assert.deepEqual([answer.status, answer.body], [400, UNKNOWN_SESSION], what);
    }
  }

  producer.send(roomOf(owner), "to the owner");
  assert.deepEqual(await waiting, ["to the owner"]);
  producer.send(roomOf(owner), "again");
  assert.deepEqual(await session.messages(1), ["again"]);
});

test("requests for the sid of a WebSocket session don't disturb it, either", async (scope) => {
  const producer = new ProducerApp(scope, node);
  const app = await new EngineIoApp(scope, node, 3, newIdentity()).opened();
  await until("it is upgraded", () => app.transport === "websocket");

  for (const token of [undefined, consumerToken(node, newIdentity())]) {
    for (const method of ["GET", "POST"]) {
      const query = { EIO: 3, transport: "polling", sid: app.id, token };
      const answer = await request(node, query, { method });
      assert.deepEqual([answer.status, answer.body], [400, UNKNOWN_SESSION]);
    }
    const refusal = await RawSocket.refused(scope, node, webSocket({ sid: app.id, token }));
    assert.deepEqual([refusal.status, refusal.body], [400, UNKNOWN_SESSION]);
  }

  producer.send(roomOf(app.identity), "to the owner");
  assertSequence(await received(app, 1), ["to the owner"], "the owner");
  assert.equal(app.closed, undefined);
});

test("a token that expires ends its session, and polls with it get code 1", async (scope) => {
  const identity = { userId: newUser(), exp: now() + 3 };
  const session = await PollingSession.open(node, consumerToken(node, identity));
  const token = consumerToken(node, { userId: newUser(), exp: now() + 3 });
  const socket = await RawSocket.open(scope, node, webSocket({ token }));

  await assertOver(session);

  await socket.closed();
});

test("a second connection with the same token takes over, by WebSocket", async (scope) => {
  const producer = new ProducerApp(scope, node);
  const identity = newIdentity();
  const first = await new ConsumerApp(scope, node, identity, WEBSOCKET_ONLY).opened();
  producer.send(roomOf(identity), "to the first");
  await received(first, 1);

  const second = await new ConsumerApp(scope, node, identity, WEBSOCKET_ONLY).opened();
  await until("the first one is closed", () => !first.isConnected);
  producer.send(roomOf(identity), "to the second");
  await received(second, 1);

  assert.equal(second.id, first.id);
  assertSequence(first.got, ["to the first"], "the first");
  assertSequence(second.got, ["to the second"], "the second");
  assert.ok(second.isConnected);
  const { length } = await producer.request("consumers", [identity.userId]);
  assert.equal(length, 1);
});

test("a second connection with the same token takes over, by polling", async (scope) => {
  const producer = new ProducerApp(scope, node);
  let taken;
  do {
    taken = await takeOverByPolling(producer);
    if (!taken.wasWaiting) {
      // The poll and the handshake have a connection each: on a busy machine the handshake may come first.
      const { status, body } = taken.answer;
      assert.ok(status === 200 || body === UNKNOWN_SESSION, `${status} ${body}`);
    }
  } while (!taken.wasWaiting);

  assert.deepEqual(await taken.second.messages(1), ["to the second"]);
});

/**
 * Polls, then opens the session again by another connection and sends it a message. A poll that came
 * too late to wait finds no session, or is one of the second's and gets the message.
 */
async function takeOverByPolling(producer) {
  const identity = newIdentity();
  const token = consumerToken(node, identity);
  const first = await PollingSession.open(node, token);
  const waiting = first.poll();
  const second = await PollingSession.open(node, token);
  producer.send(roomOf(identity), "to the second");
  const answer = await waiting;
  const wasWaiting = answer.status === 200 && first.packetsOf(answer.body)[0] === CLOSE;
  return { second, answer, wasWaiting };
}

test("two polls at once end that session only", async (scope) => {
  const producer = new ProducerApp(scope, node);
  const neighbours = await Neighbours.open(scope, producer);
  for (const eio of [3, 4]) {
    const session = await PollingSession.open(node, consumerToken(node, newIdentity()), eio);

    const answers = await Promise.all([session.poll(), session.poll()]);

    const statuses = answers.map((answer) => answer.status).sort();
    assert.deepEqual(statuses, [200, 400], JSON.stringify(answers.map((answer) => answer.body)));
    assert.deepEqual(answers.find((answer) => answer.status === 200).body.slice(-1), CLOSE);
    await assertOver(session);
  }
  await neighbours.assertUndisturbed();
});

test("a payload that isn't one ends that session only", async (scope) => {
  const producer = new ProducerApp(scope, node);
  const neighbours = await Neighbours.open(scope, producer);
  const malformed = {
    3: ["hello", "5:4a", "1:", ":4a", "-1:4", "99999999999:4a", "2:4a2:", "1:9"],
    4: ["hello", "9", "4a\x1e", "\x1e", "4a\x1e9"],
  };
  for (const eio of [3, 4]) {
    for (const body of malformed[eio]) {
      const session = await PollingSession.open(node, consumerToken(node, newIdentity()), eio);
      const waiting = session.poll();

      const answer = await session.post(body);

      assert.equal(answer.status, 400, `EIO ${eio}, ${JSON.stringify(body)}: ${answer.body}`);
      await waiting;
      await assertOver(session);
    }
  }
  await neighbours.assertUndisturbed();
});

test("a frame that isn't one ends that session only", async (scope) => {
  const producer = new ProducerApp(scope, node);
  const neighbours = await Neighbours.open(scope, producer);
  for (const frame of ["hello", "", "9", "😀"]) {
    const token = consumerToken(node, newIdentity());
    const socket = await RawSocket.open(scope, node, webSocket({ token }));
    await socket.frame("the open packet", (packet) => packet.startsWith("0"));
    socket.send(frame);
    await socket.closed();
  }
  await neighbours.assertUndisturbed();
});

test("a frame or payload over the limit ends that session only", async (scope) => {
  const producer = new ProducerApp(scope, node);
  const neighbours = await Neighbours.open(scope, producer);
  const tooLong = "4" + "x".repeat(1 << 20);

  const token = consumerToken(node, newIdentity());
  const socket = await RawSocket.open(scope, node, webSocket({ token }));
  socket.send(tooLong);
  await socket.closed();
  const session = await PollingSession.open(node, consumerToken(node, newIdentity()));
  const waiting = session.poll();
  const answer = await session.post(`${tooLong.length}:${tooLong}`);
  assert.equal(answer.status, 413, answer.body);
  await waiting;
  await assertOver(session);

  await neighbours.assertUndisturbed();
});

test("a binary message is answered invalid, and the session goes on", async (scope) => {
  const producer = new ProducerApp(scope, node);
  const identity = newIdentity();
  const token = consumerToken(node, identity);
  const socket = await RawSocket.open(scope, node, webSocket({ token }));
  socket.send(Buffer.from([4, 1, 2, 3]));
  await socket.frame("the answer", (frame) => frame.includes('"method":"invalid"'));
  producer.send(roomOf(identity), "goes on");
  assert.deepEqual((await socket.delivery()).params, ["goes on"]);

  const other = newIdentity();
  const session = await PollingSession.open(node, consumerToken(node, other));
  await session.send("b4AQID");
  assert.match((await session.packets())[0], /^4.*"method":"invalid"/);
  producer.send(roomOf(other), "goes on");
  assert.deepEqual(await session.messages(1), ["goes on"]);
});

test("several packets in one payload are taken in their order", async () => {
  for (const eio of [3, 4]) {
    const session = await PollingSession.open(node, consumerToken(node, newIdentity()), eio);
    const calls = [1, 2, 3].map((id) => `4{"jsonrpc":"2.0","id":${id},"method":"m","params":[${id}]}`);
    await session.send(...calls);

    const answers = [];
    while (answers.length < calls.length) {
      answers.push(...(await session.packets()));
    }

    assert.deepEqual(
      answers,
      [1, 2, 3].map((id) => `4{"jsonrpc":"2.0","id":${id},"result":[${id}]}`),
    );
  }
});

test("a close packet ends the session", async (scope) => {
  let answer;
  do {
    const session = await PollingSession.open(node, consumerToken(node, newIdentity()));
    const waiting = session.poll();
    await session.send("1");
    answer = await waiting;
    await assertOver(session);
    if (answer.status === 200) {
      assert.deepEqual(session.packetsOf(answer.body), [NOOP]);
    } else {
      // The two requests have a connection each: on a busy machine the packet may come first.
      assert.equal(answer.body, UNKNOWN_SESSION);
    }
  } while (answer.status !== 200);

  const token = consumerToken(node, newIdentity());
  const socket = await RawSocket.open(scope, node, webSocket({ token }));
  await socket.frame("the open packet", (frame) => frame.startsWith("0"));
  socket.send("1");
  await socket.closed();
});

test("an upgrade that isn't finished leaves the session on polling", async (scope) => {
  const producer = new ProducerApp(scope, node);
  const identity = newIdentity();
  const token = consumerToken(node, identity);
  const session = await PollingSession.open(node, token);
  const sid = session.openPacket.sid;

  const probing = await RawSocket.open(scope, node, webSocket({ sid, token }));
  probing.send("2probe");
  await probing.frame("the probe's answer", (frame) => frame === "3probe");
  probing.cut();
  producer.send(roomOf(identity), "after a cut probe");
  assert.deepEqual(await session.messages(1), ["after a cut probe"]);
  const early = await until("another WebSocket may try", async () => {
    const socket = await RawSocket.open(scope, node, webSocket({ sid, token }));
    socket.send("5");
    await socket.closed();
    return socket;
  });
  producer.send(roomOf(identity), "after an upgrade without a probe");

  assert.deepEqual(await session.messages(1), ["after an upgrade without a probe"]);
  assert.deepEqual(early.frames, []);
});

test("an upgrade by hand moves the session, and polling ends with a noop", async (scope) => {
  const producer = new ProducerApp(scope, node);
  const identity = newIdentity();
  const token = consumerToken(node, identity);
  const session = await PollingSession.open(node, token);
  const waiting = session.packets();
  const query = webSocket({ sid: session.openPacket.sid, token });
  const socket = await RawSocket.open(scope, node, query);

  socket.send("2probe");
  await socket.frame("the probe's answer", (frame) => frame === "3probe");
  assert.deepEqual(await waiting, [NOOP]);
  socket.send("5");
  producer.send(roomOf(identity), "over the WebSocket");

  assert.deepEqual((await socket.delivery()).params, ["over the WebSocket"]);
  const second = await RawSocket.open(scope, node, query).catch((refused) => refused);
  if (second instanceof RawSocket) {
    await second.closed();
  }
  socket.send("2");
  await socket.frame("a pong", (frame) => frame === "3");
});
