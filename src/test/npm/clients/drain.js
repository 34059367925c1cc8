"use strict";
/**
 * An operator takes a node out of service and back while messages flow: consumers go on at the other
 * node without a loss or a repetition, and nobody can come in meanwhile.
 */
const {
  ConsumerApp,
  POLLING_ONLY,
  PollingSession,
  ProducerApp,
  RawSocket,
  WEBSOCKET_ONLY,
  assertSequence,
  consumerToken,
  context,
  httpToken,
  newName,
  newUser,
  test,
  until,
} = require("./lib");
const assert = require("node:assert/strict");

const [node, otherNode] = context.nodes;
const INTERVAL_MS = 3;
const AFTERWARDS = 200;
const RESTART_CODE = 1012;

async function api(method, path) {
  const answer = await fetch(new URL(`api/v1/node${path}`, node.http), {
    method,
    headers: { authorization: `Bearer ${httpToken(node)}` },
  });
  assert.equal(answer.status, 200, `${method} ${path}`);
  return answer.json();
}

const phaseIs = (phase) =>
  until(
    `the node is ${phase}`,
    async () => (await api("GET", "")).phase === phase,
    () => "another phase",
    50,
  );

const readiness = async () => (await fetch(new URL("ready", node.http))).status;

/** Sends numbered messages all the time. */
function stream(scope, producer, room) {
  const sent = [];
  const timer = setInterval(() => {
    sent.push(`message ${sent.length}`);
    producer.send(room, sent.at(-1));
  }, INTERVAL_MS);
  scope.defer(() => clearInterval(timer));
  return { sent, stop: () => clearInterval(timer) };
}

test("consumers of a drained node go on at the other one: nothing is lost, nothing comes twice", async (scope) => {
  const producer = new ProducerApp(scope, otherNode);
  const leaving = new ProducerApp(scope, node);
  const room = newName("room");
  const apps = {
    "default options": new ConsumerApp(scope, node, { userId: newUser() }),
    "websocket only": new ConsumerApp(scope, node, { userId: newUser() }, WEBSOCKET_ONLY),
    "polling only": new ConsumerApp(scope, node, { userId: newUser() }, POLLING_ONLY),
  };
  for (const app of Object.values(apps)) {
    await app.opened();
    assert.equal(await producer.join(room, app.id), 1);
  }
  const token = consumerToken(node, { userId: newUser() });
  const query = { EIO: 3, transport: "websocket", token };
  const raw = await RawSocket.open(scope, node, query);
  await raw.frame("an open packet", (frame) => frame.startsWith("0"));
  const reasons = [];
  raw.socket.on("close", (code, reason) => reasons.push(String(reason)));
  const poller = await PollingSession.open(node, consumerToken(node, { userId: newUser() }));
  const waitingPoll = poller.packets();
  assert.equal(await leaving.request("publish", [[newName("room"), "before"]]), 1);
  const flow = stream(scope, producer, room);
  await until("messages flow", () => Object.values(apps).every((app) => app.got.length > 100));
  assert.equal((await api("GET", "")).phase, "serving");

  const begun = await api("POST", "/drain");
  assert.ok(["draining", "drained"].includes(begun.phase), begun.phase);
  assert.equal(await readiness(), 503);
  await phaseIs("drained");

  assert.equal(await raw.closed(), RESTART_CODE);
  assert.deepEqual(reasons, ["draining; retry-after=1"]);
  assert.deepEqual(await waitingPoll, ["1"], "the waiting poll is answered with a close packet");
  const status = await api("POST", "/drain");
  assert.deepEqual([status.consumers, status.producers, status.unstoredMessages], [0, 0, 0]);
  await until("the producer's connection ended", () => leaving.ends === 1);
  const refused = await RawSocket.refused(scope, node, query);
  assert.deepEqual([refused.status, refused.headers["retry-after"]], [503, "1"]);
  const handshake = await fetch(
    new URL(`websocket/?EIO=3&transport=polling&token=${token}`, node.http),
  );
  assert.deepEqual([handshake.status, handshake.headers.get("retry-after")], [503, "1"]);

  Object.values(apps).forEach((app) => app.connect(otherNode));
  const sentUntilNow = flow.sent.length;
  await until("more was sent", () => flow.sent.length > sentUntilNow + AFTERWARDS);
  flow.stop();
  producer.send(room, "the last one");
  flow.sent.push("the last one");
  for (const [who, app] of Object.entries(apps)) {
    await until(`the last one came to ${who}`, () => app.got.at(-1) === "the last one", () => ({
      got: app.got.length,
      sent: flow.sent.length,
      errors: app.errors,
    }));
    assertSequence(app.got, flow.sent, who);
  }
});

test("a drained node serves again", async (scope) => {
  assert.equal((await api("POST", "/resume")).phase, "serving");
  assert.equal((await api("POST", "/resume")).phase, "serving");
  assert.equal(await readiness(), 200);

  const app = await new ConsumerApp(scope, node, { userId: newUser() }).opened();
  const producer = new ProducerApp(scope, node);
  const room = newName("room");
  assert.equal(await producer.join(room, app.id), 1);
  producer.send(room, "back");
  await until("a message comes", () => app.got.at(-1) === "back");
});
