"use strict";
/** Messages are opaque strings: what comes in goes out, byte for byte. */
const {
  ConsumerApp,
  EngineIoApp,
  POLLING_ONLY,
  ProducerApp,
  RawProducer,
  RawSocket,
  WEBSOCKET_ONLY,
  assertSequence,
  consumerToken,
  context,
  newName,
  newUser,
  received,
  test,
  until,
} = require("./lib");
const assert = require("node:assert/strict");

const [node] = context.nodes;
const MEBIBYTE = 1 << 20;

const everyUnit = (from, to) =>
  Array.from({ length: to - from + 1 }, (unused, index) => String.fromCharCode(from + index)).join("");

const MESSAGES = [
  "\u0000",
  "a\u0000b\u0000",
  everyUnit(0, 0x1f),
  everyUnit(0x20, 0x17f),
  '"',
  "\\",
  '\\"\\\\"/\\/',
  "\\u0041 \\n",
  "\u2028\u2029",
  "😀👩‍👩‍👧‍👦🏳️‍🌈",
  "\u{10ffff}\ufffe\uffff\ufeff",
  "e\u0301 é",
  "עברית العربية 漢字",
  " ",
  "\r\n\t\b\f",
  "$5\r\nhello\r\n",
  '{"jsonrpc":"2.0","id":1,"method":"publish","params":["x"]}',
  "[]",
  "null",
  "0",
  "</script><!--",
  "\x1e4\x1eb",
  "5:hello",
  "x".repeat(MEBIBYTE),
  "\u0000".repeat(MEBIBYTE),
  "😀".repeat(MEBIBYTE / 4),
  "the last one",
];

const APPS = {
  "snapper-consumer, default options": (scope) => new ConsumerApp(scope, node, { userId: newUser() }),
  "snapper-consumer, websocket only": (scope) =>
    new ConsumerApp(scope, node, { userId: newUser() }, WEBSOCKET_ONLY),
  "snapper-consumer, polling only": (scope) =>
    new ConsumerApp(scope, node, { userId: newUser() }, POLLING_ONLY),
  "engine.io-client 6, polling only": (scope) =>
    new EngineIoApp(scope, node, 6, { userId: newUser() }, POLLING_ONLY),
  "engine.io-client 6, websocket only": (scope) =>
    new EngineIoApp(scope, node, 6, { userId: newUser() }, WEBSOCKET_ONLY),
};

for (const [name, open] of Object.entries(APPS)) {
  test(`every string arrives as it was sent: ${name}`, async (scope) => {
    const producer = new ProducerApp(scope, node);
    const app = await open(scope).opened();
    const room = newName("room");
    await producer.join(room, app.id);

    MESSAGES.forEach((message) => producer.send(room, message));

    await received(app, MESSAGES.length);
    assertSequence(app.got, MESSAGES, name);
  });
}

test("lone surrogates arrive as they were sent", async (scope) => {
  const producer = new ProducerApp(scope, node);
  const messages = ["\ud800", "a\udfffb", "\udc00\ud800", "the last one"];
  const apps = [WEBSOCKET_ONLY, POLLING_ONLY].map(
    (options) => new ConsumerApp(scope, node, { userId: newUser() }, options),
  );
  const room = newName("room");
  for (const app of apps) {
    await app.opened();
    await producer.join(room, app.id);
  }

  messages.forEach((message) => producer.send(room, message));

  for (const app of apps) {
    assertSequence(await received(app, messages.length), messages, "the consumer");
  }
});

test("names of rooms are strings, too", async (scope) => {
  const producer = new ProducerApp(scope, node);
  const app = await new ConsumerApp(scope, node, { userId: newUser() }).opened();
  const rooms = ["😀".repeat(64), "a b", "{x}", "r:room", "a\\\"b", "комната", "user", "../..", "*", "%00"];

  for (const [index, name] of rooms.entries()) {
    const room = index === 0 ? name : `${newName("")}${name}`;
    assert.equal(await producer.join(room, app.id), 1, room);
    producer.send(room, name);
    await received(app, index + 1);
  }

  assertSequence(app.got, rooms, "the consumer");
});

test("escapes of the producer's choice mean the same string", async (scope) => {
  const producer = await RawProducer.authenticated(scope, node);
  const userId = newUser();
  const socket = await RawSocket.open(scope, node, {
    EIO: 3,
    transport: "websocket",
    token: consumerToken(node, { userId }),
  });
  await socket.frame("the open packet", (frame) => frame.startsWith("0"));

  producer.call(
    `{"jsonrpc":"2.0","id":1,"method":"publish","params":[["user${userId}","\\u0041\\u00e9\\/\\ud83d\\ude00\\u0000"]]}`,
  );

  assert.equal(await producer.answer(0), '{"jsonrpc":"2.0","id":1,"result":1}');
  assert.deepEqual((await socket.delivery()).params, ["Aé/😀\u0000"]);
  await until("only one delivery came", () => socket.frames.length === 2, () => socket.frames);
});
