"use strict";
/** What is particular to TLS, and what an HTTPS port of the server must do as the HTTP port does. */
const {
  PollingSession,
  RawSocket,
  consumerToken,
  context,
  httpToken,
  newName,
  newUser,
  request,
  test,
} = require("./lib");
const assert = require("node:assert/strict");

const [node, unencrypted] = context.nodes;
const FOR_OTHER_SITES = /^snapper\.ws=[^;]+; Path=\/; HttpOnly; Secure; SameSite=None$/;
const FOR_THIS_SITE = /^snapper\.ws=[^;]+; Path=\/; HttpOnly$/;

const newToken = (at) => consumerToken(at, { userId: newUser() });
const query = (at, transport) => ({ EIO: 3, transport, token: newToken(at) });
const ourCookie = ({ headers }) => headers["set-cookie"].find((one) => one.startsWith("snapper.ws="));

test("pages of other sites keep the cookie", async (scope) => {
  const polling = await PollingSession.open(node, newToken(node));
  const socket = await RawSocket.open(scope, node, query(node, "websocket"));

  assert.match(ourCookie(polling.handshake), FOR_OTHER_SITES);
  assert.match(ourCookie(socket), FOR_OTHER_SITES);
});

test("they keep it behind a proxy that ends TLS", async () => {
  const open = (headers) => request(unencrypted, query(unencrypted, "polling"), { headers });

  assert.match(ourCookie(await open({ "X-Forwarded-Proto": "https" })), FOR_OTHER_SITES);
  assert.match(ourCookie(await open({ "X-Forwarded-Proto": "http" })), FOR_THIS_SITE);
  assert.match(ourCookie(await open({})), FOR_THIS_SITE);
});

test("a large publication is taken, and the answer doesn't name the server", async () => {
  const messages = Array.from({ length: 12 }, (unused, index) => "x".repeat(900_000 + index));
  const answer = await fetch(new URL(`api/v1/rooms/${newName("room")}/messages`, node.http), {
    method: "POST",
    headers: { authorization: `Bearer ${httpToken(node)}`, "content-type": "application/json" },
    body: JSON.stringify({ messages }),
  });

  assert.equal(answer.status, 200, await answer.text());
  assert.equal(answer.headers.get("server"), null);
  assert.equal(answer.headers.get("x-powered-by"), null);
});
