"use strict";
/** Handshakes: what opens a session, and what is refused before there is one. */
const {
  PollingSession,
  ProducerApp,
  RawSocket,
  badTokens,
  consumerIdOf,
  consumerToken,
  context,
  hs256,
  inAnHour,
  newName,
  newUser,
  now,
  request,
  test,
} = require("./lib");
const assert = require("node:assert/strict");

const [node] = context.nodes;

const BODIES = {
  0: '{"code":0,"message":"Transport unknown"}',
  1: '{"code":1,"message":"Session ID unknown"}',
  2: '{"code":2,"message":"Bad handshake method"}',
  3: '{"code":3,"message":"Bad request"}',
  5: '{"code":5,"message":"Unsupported protocol version"}',
};

const polling = (parameters) => ({ EIO: 3, transport: "polling", ...parameters });
const webSocket = (parameters) => ({ EIO: 3, transport: "websocket", ...parameters });
const newIdentity = () => ({ userId: newUser(), exp: inAnHour(), source: "web" });

function assertRefused(answer, code, what) {
  assert.deepEqual([answer.status, answer.body], [400, BODIES[code]], what);
  assert.match(answer.headers["content-type"], /^application\/json/, what);
  assert.equal(answer.headers["set-cookie"], undefined, what);
}

const assertCookie = (headers, sid) =>
  assert.match(headers["set-cookie"].join("\n"), new RegExp(`^snapper\\.ws=${sid};`, "m"));

test("a polling handshake is answered with the open packet and the cookie", async () => {
  const identity = newIdentity();
  const sid = consumerIdOf(identity);

  const session = await PollingSession.open(node, consumerToken(node, identity));

  const open = `0{"sid":"${sid}","upgrades":["websocket"],"pingInterval":25000,"pingTimeout":60000}`;
  assert.equal(session.handshake.body, `${open.length}:${open}`);
  assertCookie(session.handshake.headers, sid);
});

test("a WebSocket handshake is answered with the open packet and the cookie", async (scope) => {
  const identity = newIdentity();
  const sid = consumerIdOf(identity);
  const token = consumerToken(node, identity);

  const socket = await RawSocket.open(scope, node, webSocket({ token }));
  await socket.frame("the open packet", () => true);

  assert.deepEqual(socket.frames, [
    `0{"sid":"${sid}","upgrades":[],"pingInterval":25000,"pingTimeout":60000}`,
  ]);
  assertCookie(socket.headers, sid);
  assert.ok(!JSON.stringify(socket.headers).includes(token), "the token is in the answer");
  assert.equal(socket.headers["access-control-allow-origin"], undefined);
});

test("revision 4 also tells the longest payload", async (scope) => {
  const token = consumerToken(node, newIdentity());
  const socket = await RawSocket.open(scope, node, webSocket({ token, EIO: 4 }));
  const open = JSON.parse((await socket.frame("the open packet", () => true)).slice(1));
  const session = await PollingSession.open(node, consumerToken(node, newIdentity()), 4);

  assert.deepEqual(
    [open.pingInterval, open.pingTimeout, open.maxPayload, open.upgrades],
    [25000, 60000, 1048576, []],
  );
  assert.equal(session.openPacket.maxPayload, 1048576);
  assert.deepEqual(session.openPacket.upgrades, ["websocket"]);
});

test("the path may lack its slash, and the query may have any order and more", async (scope) => {
  const tokenOf = () => consumerToken(node, newIdentity());
  const queries = [
    { token: tokenOf(), transport: "polling", EIO: 3, t: "Nabc123", b64: 1 },
    { t: "Nabc123.0", transport: "polling", token: tokenOf(), EIO: 3, other: "x y&z=é" },
    { transport: "polling", token: tokenOf() },
  ];
  for (const query of queries) {
    for (const path of ["/websocket/", "/websocket"]) {
      const answer = await request(node, query, { path });
      assert.equal(answer.status, 200, answer.body);
      assert.match(answer.body, /^\d+:0\{"sid":"/);
    }
  }
  const query = { b64: 1, token: tokenOf(), transport: "websocket", t: "N1", EIO: 3 };
  for (const path of ["/websocket/", "/websocket"]) {
    const socket = await RawSocket.open(scope, node, query, { path });
    await socket.frame("the open packet", (frame) => frame.startsWith("0"));
  }
});

test("the consumerId is a function of the token's claims", async () => {
  const sidOf = async (claims) =>
    (await PollingSession.open(node, consumerToken(node, claims))).openPacket.sid;
  const vector = { userId: "f".repeat(24), exp: 4102444800 };
  assert.equal(await sidOf({ ...vector, source: "Android" }), "a.________________9IZXAA~~");
  assert.equal(await sidOf({ ...vector, source: "iOS" }), "i.________________9IZXAA~~");
  for (const source of ["web", "teambition", "mac", "", undefined]) {
    assert.equal(await sidOf({ ...vector, source }), "t.________________9IZXAA~~");
  }

  const other = { userId: newName("user@"), exp: inAnHour() };
  const sid = await sidOf(other);
  assert.match(sid, /^t\.[A-Za-z0-9_~-]+$/);
  assert.equal(await sidOf({ ...other, source: "web", iat: now(), more: 1 }), sid);
  const others = [
    await sidOf({ ...other, exp: other.exp + 1 }),
    await sidOf({ ...other, userId: `${other.userId}1` }),
    await sidOf({ ...other, source: "ios" }),
  ];
  assert.equal(new Set([sid, ...others.map((id) => id.slice(2)), sid.slice(2)]).size, 5);
  assert.match(others[2], /^i\./);
});

test("a bad token is refused before a session, by polling and by WebSocket", async (scope) => {
  const userId = newUser();
  const bad = {
    ...badTokens(node, { userId }),
    "no userId": consumerToken(node, {}),
    "an empty userId": consumerToken(node, { userId: "" }),
    "a userId that is an object": consumerToken(node, { userId: {} }),
    "a userId of 129 characters": consumerToken(node, { userId: "u".repeat(129) }),
    "a producer's token": hs256({ id: "tests", exp: inAnHour() }, node.secrets[0]),
  };
  for (const [what, token] of Object.entries(bad)) {
    for (const EIO of [3, 4]) {
      assertRefused(await request(node, polling({ token, EIO })), 3, `${what}, polling`);
      const refusal = await RawSocket.refused(scope, node, webSocket({ token, EIO }));
      assertRefused(refusal, 3, `${what}, WebSocket`);
    }
  }

  const producer = new ProducerApp(scope, node);
  assert.equal((await producer.request("consumers", [userId])).length, 0);
});

test("other wrong requests get engine.io's own codes", async (scope) => {
  const token = consumerToken(node, newIdentity());
  const sid = consumerIdOf(newIdentity());
  const wrongPolls = [
    [{ transport: "smoke", EIO: 3, token }, 0],
    [{ EIO: 3, token }, 0],
    [{ transport: "Polling", EIO: 3, token }, 0],
    [polling({ token, sid }), 1],
    [polling({ token, sid: "x" }), 1],
    [polling({ token, EIO: 2 }), 5],
    [polling({ token, EIO: 5 }), 5],
    [polling({ token, EIO: "three" }), 5],
    [webSocket({ token }), 3],
  ];
  for (const [query, code] of wrongPolls) {
    assertRefused(await request(node, query), code, JSON.stringify(query));
  }
  const wrongSockets = [
    [{ transport: "smoke", EIO: 3, token }, 0],
    [webSocket({ token, sid }), 1],
    [webSocket({ token, EIO: 2 }), 5],
    [polling({ token }), 3],
  ];
  for (const [query, code] of wrongSockets) {
    assertRefused(await RawSocket.refused(scope, node, query), code, JSON.stringify(query));
  }
  for (const method of ["POST", "PUT", "DELETE", "PATCH"]) {
    assertRefused(await request(node, polling({ token }), { method }), 2, method);
  }
  assertRefused(
    await request(node, polling({ token, sid }), { method: "POST", body: "1:1" }),
    1,
    "a post for an unknown sid",
  );
});

test("pages of other hosts may poll", async () => {
  const origin = "https://page.example";
  const token = consumerToken(node, newIdentity());
  for (const query of [polling({ token }), polling({ token: "bad" })]) {
    const { headers } = await request(node, query, { headers: { Origin: origin } });
    assert.equal(headers["access-control-allow-origin"], origin);
    assert.equal(headers["access-control-allow-credentials"], "true");
  }
  const preflight = await request(node, polling({ token }), {
    method: "OPTIONS",
    headers: { Origin: origin, "Access-Control-Request-Method": "POST" },
  });
  assert.ok(preflight.status === 200 || preflight.status === 204, `${preflight.status}`);
  assert.match(preflight.headers["access-control-allow-methods"], /POST/);
});
