"use strict";
/** JSON-RPC of producers and consumers, by their packages and byte by byte. */
const {
  ConsumerApp,
  EngineIoApp,
  ProducerApp,
  RawProducer,
  assertSequence,
  badTokens,
  context,
  newName,
  newUser,
  producerToken,
  received,
  test,
  until,
} = require("./lib");
const assert = require("node:assert/strict");

const [node] = context.nodes;

const request = (id, method, params) => ({ jsonrpc: "2.0", id, method, params });
const failure = (id, code, message) => ({ jsonrpc: "2.0", id, error: { message, code } });

/** Compares answers without `data`, in which the broker may say more. */
function assertFailure(text, expected) {
  const answer = JSON.parse(text);
  delete answer.error?.data;
  assert.deepEqual(answer, expected);
}

/** Sends texts or bytes and a last echo; returns the answers that came before the echo's. */
async function answersTo(producer, frames) {
  const last = newName("end");
  frames.forEach((frame) => producer.call(frame));
  producer.call(request(last, "echo", []));
  await until(
    "the last echo",
    () => producer.answers.at(-1)?.includes(last),
    () => ({ answers: producer.answers, isClosed: producer.isClosed }),
  );
  return producer.answers.splice(0).slice(0, -1);
}

test("echo answers its params", async (scope) => {
  const producer = new ProducerApp(scope, node);
  const params = ["x", { a: [1, 2.5, null, true], "ключ": "\u2028\u0000😀\"\\" }];

  assert.deepEqual(await producer.request("echo", params), params);
  assert.deepEqual(await producer.request("echo", { named: 1 }), { named: 1 });
  assert.deepEqual(await producer.request("echo", []), []);
  assert.deepEqual(producer.errors, []);
});

test("unknown methods and wrong params get their errors", async (scope) => {
  const producer = new ProducerApp(scope, node);
  const tooLong = "r".repeat(257);
  const invalid = [
    ["publish", {}],
    ["publish", { room: "message" }],
    ["subscribe", []],
    ["subscribe", ["room"]],
    ["subscribe", ["room", 5]],
    ["subscribe", ["room", "t.id", "more"]],
    ["subscribe", ["", "t.id"]],
    ["subscribe", ["room", ""]],
    ["subscribe", [tooLong, "t.id"]],
    ["subscribe", ["room", tooLong]],
    ["subscribe", ["ro\u0007om", "t.id"]],
    ["unsubscribe", ["room", "t.i\nd"]],
    ["unsubscribe", {}],
    ["consumers", []],
    ["consumers", [7]],
    ["consumers", [""]],
  ];

  const unknown = await producer.refusal("nonsense", []);
  assert.deepEqual([unknown.code, unknown.message], [-32601, "Method not found"]);
  for (const [method, params] of invalid) {
    const { code, message } = await producer.refusal(method, params);
    assert.deepEqual([code, message], [-32602, "Invalid params"], JSON.stringify([method, params]));
  }
  const named = await producer.refusal("subscribe", [tooLong, "t.id"]);
  assert.match(JSON.stringify(named.data), /rrr.*257.*256/);
  assert.deepEqual(await producer.request("echo", ["still here"]), ["still here"]);
});

test("publish answers how many pairs it took, and skips what is no pair", async (scope) => {
  const producer = new ProducerApp(scope, node);
  const app = await new ConsumerApp(scope, node, { userId: newUser() }).opened();
  const room = newName("room");
  await producer.join(room, app.id);

  assert.equal(await producer.request("publish", [room, "single"]), 1);
  assert.equal(await producer.request("publish", [[room, "a"], [room, "b"]]), 2);
  const mixed = [[room, "c"], [room], [room, 5], ["", "x"], [room, ""], 7, null, [room, "d", "e"]];
  assert.equal(await producer.request("publish", [...mixed, [room, "f"]]), 2);
  assert.equal(await producer.request("publish", []), 0);

  assertSequence(await received(app, 5), ["single", "a", "b", "c", "f"], "the consumer");
});

test("a message over the limit is refused and the rest of its batch is published", async (scope) => {
  const producer = new ProducerApp(scope, node);
  const app = await new ConsumerApp(scope, node, { userId: newUser() }).opened();
  const room = newName("room");
  await producer.join(room, app.id);

  const pairs = [[room, "before"], [room, "x".repeat((1 << 20) + 1)], [room, "after"]];
  const { code, data } = await producer.refusal("publish", pairs);

  assert.equal(code, -32602);
  assert.match(JSON.stringify(data), /1048577.*1048576/);
  assertSequence(await received(app, 2), ["before", "after"], "the consumer");
});

test("the first frame must be a good auth, anything else is answered 401 and closed", async (scope) => {
  const bad = badTokens(node, { id: "tests" });
  const first = {
    "no auth but echo": request(1, "echo", []),
    "a publish": request(1, "publish", [["room", "message"]]),
    "auth without params": request(1, "auth"),
    "auth with a consumer's token": request(1, "auth", [producerToken(node, { userId: newUser() })]),
    "auth without id": request(1, "auth", [producerToken(node, { id: undefined })]),
  };
  for (const [what, token] of Object.entries(bad)) {
    first[`auth with ${what}`] = request(1, "auth", [token]);
  }
  for (const [what, frame] of Object.entries(first)) {
    const connection = new RawProducer(scope, node);
    connection.call(frame);
    assertFailure(await connection.answer(0), failure(1, 401, "Unauthorized"), what);
    await connection.closed();
    assert.equal(connection.answers.length, 1, what);
  }
  for (const frame of ["", "hello", "[]", '{"jsonrpc":"2.0","method":"auth","params":[]}']) {
    const connection = new RawProducer(scope, node);
    connection.call(frame);
    assertFailure(await connection.answer(0), failure(null, 401, "Unauthorized"), frame);
    await connection.closed();
  }
});

test("snapper-producer with a foreign secret is told Unauthorized", async (scope) => {
  const producer = new ProducerApp(scope, node, { secretKeys: ["somebody else's secret"] });

  await until("an error", () => producer.errors.length > 0, () => producer.errors);

  assert.deepEqual(producer.errors, ["Unauthorized"]);
  assert.equal(producer.connects, 0);
});

test("answers are one bulk string each, whatever the cut of the frames", async (scope) => {
  const producer = new RawProducer(scope, node);
  const frames = [
    request(1, "auth", [producerToken(node)]),
    request("2", "echo", ["é😀"]),
    request(3, "echo", []),
  ].map((call) => RawProducer.frame(JSON.stringify(call)));
  const all = Buffer.concat(frames);
  const bytes = [];
  producer.socket.on("data", (chunk) => bytes.push(chunk));

  for (const byte of all.subarray(0, frames[0].length + 60)) {
    producer.write(Buffer.from([byte]));
  }
  producer.write(all.subarray(frames[0].length + 60));
  await producer.answer(2);

  assert.equal(
    Buffer.concat(bytes).toString(),
    '$38\r\n{"jsonrpc":"2.0","id":1,"result":"OK"}\r\n' +
      '$46\r\n{"jsonrpc":"2.0","id":"2","result":["é😀"]}\r\n' +
      '$36\r\n{"jsonrpc":"2.0","id":3,"result":[]}\r\n',
  );
});

test("ids of all kinds come back as they were, and wrong ones are invalid requests", async (scope) => {
  const producer = await RawProducer.authenticated(scope, node);
  const ids = ["0", "-7", "1.5", "1e3", "12345678901234567890", '"text"', '""', '"\\u0041"', "null"];

  const answers = await answersTo(
    producer,
    ids.map((id) => `{"jsonrpc":"2.0","id":${id},"method":"echo","params":[1]}`),
  );

  assert.deepEqual(
    answers,
    ids.map((id) => `{"jsonrpc":"2.0","id":${id},"result":[1]}`),
  );
  for (const id of ["{}", "[]", "true", "[1]", '{"a":1}']) {
    const [answer] = await answersTo(producer, [
      `{"jsonrpc":"2.0","id":${id},"method":"echo","params":[1]}`,
    ]);
    assertFailure(answer, failure(null, -32600, "Invalid request"));
  }
});

test("broken JSON and invalid requests are answered, and the connection goes on", async (scope) => {
  const producer = await RawProducer.authenticated(scope, node);
  for (const broken of ["", "{", "hello", '{"jsonrpc":"2.0",}', '"\\ud8"', '{"a":1} x', "\u0000"]) {
    const [answer] = await answersTo(producer, [broken]);
    assertFailure(answer, failure(null, -32700, "Parse error"));
  }
  const [notUtf8] = await answersTo(producer, [Buffer.from([0x22, 0xff, 0x22])]);
  assertFailure(notUtf8, failure(null, -32700, "Parse error"));

  const invalid = [
    ["1", null],
    ['"text"', null],
    ["null", null],
    ["{}", null],
    ['{"jsonrpc":"2.0"}', null],
    ['{"id":4,"method":"echo"}', 4],
    ['{"jsonrpc":"1.0","id":4,"method":"echo"}', 4],
    ['{"jsonrpc":"2.0","id":4,"method":5}', 4],
    ['{"jsonrpc":"2.0","id":4}', 4],
  ];
  for (const [text, id] of invalid) {
    const [answer] = await answersTo(producer, [text]);
    assertFailure(answer, failure(id, -32600, "Invalid request"));
  }
});

test("a notification gets no answer, whatever becomes of it", async (scope) => {
  const producer = await RawProducer.authenticated(scope, node);
  const notification = (method, params) => JSON.stringify({ jsonrpc: "2.0", method, params });

  const answers = await answersTo(producer, [
    notification("echo", [1]),
    notification("nonsense", []),
    notification("subscribe", []),
    notification("publish", [["room", "message"]]),
    notification("publish", {}),
    '{"jsonrpc":"2.0","id":1,"result":"an answer to nothing"}',
  ]);

  assert.deepEqual(answers, []);
});

test("a batch is answered by an array, without entries for notifications", async (scope) => {
  const producer = await RawProducer.authenticated(scope, node);
  const [answer] = await answersTo(producer, [
    JSON.stringify([
      request(1, "echo", ["a"]),
      { jsonrpc: "2.0", method: "echo", params: [] },
      request(2, "nonsense", []),
      5,
      request(3, "consumers", [newUser()]),
    ]),
  ]);

  const parts = JSON.parse(answer);
  const byId = (id) => parts.find((part) => part.id === id);
  assert.equal(parts.length, 4, answer);
  assert.deepEqual(byId(1).result, ["a"]);
  assertFailure(JSON.stringify(byId(2)), failure(2, -32601, "Method not found"));
  assertFailure(JSON.stringify(byId(null)), failure(null, -32600, "Invalid request"));
  assert.deepEqual(byId(3).result, { length: 0, android: 0, ios: 0, web: 0 });

  const notifications = JSON.stringify([{ jsonrpc: "2.0", method: "echo" }]);
  assert.deepEqual(await answersTo(producer, [notifications]), []);
  const [empty] = await answersTo(producer, ["[]"]);
  assertFailure(empty, failure(null, -32600, "Invalid request"));
});

test("calls of one connection are answered in their order", async (scope) => {
  const producer = await RawProducer.authenticated(scope, node);
  const user = newUser();
  const calls = Array.from({ length: 200 }, (unused, index) => {
    const methods = [
      ["consumers", [user]],
      ["echo", [index]],
      ["publish", [[`room-${user}`, `message ${index}`]]],
      ["subscribe", [`room-${user}`, "t.nobody"]],
      ["nonsense", []],
    ];
    return request(index, ...methods[index % methods.length]);
  });

  const answers = await answersTo(producer, calls.map((call) => JSON.stringify(call)));

  assert.deepEqual(
    answers.map((answer) => JSON.parse(answer).id),
    calls.map((call) => call.id),
  );
});

test("broken frames end that connection and no other", async (scope) => {
  const other = await RawProducer.authenticated(scope, node);
  for (const bytes of ["hello\r\n", "$5\r\nhelloXX", "$-2\r\n", "$999999999999\r\n", "$1x\r\n", "*1\r\n$1\r\na\r\n"]) {
    const producer = await RawProducer.authenticated(scope, node);
    producer.write(bytes);
    await producer.closed();
  }
  const early = new RawProducer(scope, node);
  early.write("$9000\r\n");
  await early.closed();

  assert.deepEqual(await answersTo(other, [JSON.stringify(request(1, "echo", ["here"]))]), [
    '{"jsonrpc":"2.0","id":1,"result":["here"]}',
  ]);
});

test("a consumer's request is answered with its own params", async (scope) => {
  const app = await new ConsumerApp(scope, node, { userId: newUser() }).opened();
  const call = (method, params) =>
    new Promise((resolve, reject) =>
      app.client.request(method, params, (error, result) =>
        error ? reject(error) : resolve(result),
      ),
    );
  for (const params of [["x"], { a: { b: [null, 1.5, "é\u0000\u2028"] } }, []]) {
    assert.deepEqual(await call("anything", params), params);
  }
  assert.equal(await call("publish", undefined), null);

  const eio = await new EngineIoApp(scope, node, 3, { userId: newUser() }).opened();
  eio.send('{"jsonrpc":"2.0","id":1.50,"method":"m","params":[1.0, {"b":2,"a":1}]}');
  await until("an answer", () => eio.texts.length > 0);
  assert.match(eio.texts[0], /^\{"jsonrpc":"2.0","id":1.50,"result":\[1.0,\s?\{"b":2,"a":1\}\]\}$/);
});

for (const version of [3, 6]) {
  test(`what a consumer sends amiss is answered invalid (engine.io-client ${version})`, async (scope) => {
    const producer = new ProducerApp(scope, node);
    const userId = newUser();
    const app = await new EngineIoApp(scope, node, version, { userId }).opened();
    const amiss = [
      '{"jsonrpc":"2.0","id":"nobody asked","result":"OK"}',
      '{"jsonrpc":"2.0","id":7,"error":{"code":1,"message":"no"}}',
      "hello",
      "{}",
      "{",
      '{"jsonrpc":"1.0","id":1,"method":"m"}',
      "[]",
    ];
    for (const [index, text] of amiss.entries()) {
      app.send(text);
      await until(`an answer to ${text}`, () => app.texts.length > index, () => app.texts);
      const { jsonrpc, method, params, id } = JSON.parse(app.texts[index]);
      assert.deepEqual([jsonrpc, method, id], ["2.0", "invalid", undefined], app.texts[index]);
      assert.ok(Array.isArray(params), app.texts[index]);
    }

    producer.send(`user${userId}`, "nothing else happened");
    assertSequence(await received(app, 1), ["nothing else happened"], "the consumer");
    assert.equal(app.closed, undefined);
  });
}

test("snapper-consumer hands invalid to its application", async (scope) => {
  const app = await new ConsumerApp(scope, node, { userId: newUser() }).opened();
  app.client.connection.send("hello");

  await until("a notification", () => app.events.length > 0, () => app.errors);

  assert.equal(app.events[0].type, "notification");
  assert.equal(app.events[0].data.method, "invalid");
});
