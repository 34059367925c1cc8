"use strict";
/** Statistics: their shape, who may see them, and the sums over two nodes. */
const {
  ConsumerApp,
  ProducerApp,
  consumerToken,
  context,
  hs256,
  inAnHour,
  newName,
  newUser,
  now,
  producerToken,
  received,
  request,
  statisticsToken,
  test,
  until,
} = require("./lib");
const assert = require("node:assert/strict");

const { nodes } = context;

const statistics = (node, token) => request(node, { token }, { path: "/stats" });

async function totals(node) {
  const answer = await statistics(node, statisticsToken(node));
  assert.equal(answer.status, 200, answer.body);
  const { stats } = JSON.parse(answer.body);
  return {
    producerMessages: Number(stats.total.producerMessages),
    consumerMessages: Number(stats.total.consumerMessages),
    consumers: Number(stats.total.consumers),
    online: stats.online,
  };
}

test("the statistics have the form that dashboards read", async () => {
  for (const node of nodes) {
    const answer = await statistics(node, statisticsToken(node));
    assert.match(answer.headers["content-type"], /^application\/json/);
    const document = JSON.parse(answer.body);
    const { server, version, serverId, stats } = document;

    assert.deepEqual(Object.keys(document).sort(), ["server", "serverId", "stats", "version"]);
    for (const text of [server, version, serverId]) {
      assert.ok(typeof text === "string" && text.length > 0, answer.body);
    }
    assert.deepEqual(Object.keys(stats).sort(), ["current", "online", "total"]);
    const names = ["consumerMessages", "consumers", "producerMessages", "rooms"];
    assert.deepEqual(Object.keys(stats.total).sort(), names);
    for (const total of Object.values(stats.total)) {
      assert.match(total, /^\d+$/);
    }
    assert.ok(Number.isInteger(stats.online), answer.body);
    assert.equal(Object.keys(stats.current).length, nodes.length, answer.body);
    for (const [address, online] of Object.entries(stats.current)) {
      assert.match(address, /^.+:\d+$/);
      assert.ok(Number.isInteger(online), answer.body);
    }
    assert.ok(Object.keys(stats.current).some((address) => address.startsWith(`${serverId}:`)));
  }
});

test("only a token named snapper sees them", async () => {
  for (const node of nodes) {
    const secret = node.secrets[0];
    const others = [
      producerToken(node),
      consumerToken(node, { userId: newUser() }),
      hs256({ name: "Snapper", exp: inAnHour() }, secret),
      hs256({ name: "snapper", userId: newUser(), exp: inAnHour() }, secret),
    ];
    const bad = [
      undefined,
      "",
      "hello",
      hs256({ name: "snapper", exp: now() - 10 }, secret),
      hs256({ name: "snapper" }, secret),
      hs256({ name: "snapper", exp: inAnHour() }, "somebody else's secret"),
      `${statisticsToken(node).slice(0, -4)}AAAA`,
    ];
    for (const token of others) {
      assert.equal((await statistics(node, token)).status, 400, token);
    }
    for (const token of bad) {
      assert.equal((await statistics(node, token)).status, 401, token);
    }
  }
});

test("the sums are those of both nodes, on both", async (scope) => {
  const producers = nodes.map((node) => new ProducerApp(scope, node));
  let before;
  await until("nobody is online any more", async () => {
    before = await totals(nodes[0]);
    return before.online === 0;
  }, () => before);
  const apps = [nodes[0], nodes[0], nodes[1]].map(
    (node) => new ConsumerApp(scope, node, { userId: newUser() }),
  );
  const room = newName("room");
  for (const app of apps) {
    await app.opened();
    await producers[1].join(room, app.id);
  }

  for (const [index, count] of [[0, 120], [1, 80]]) {
    for (let sent = 0; sent < count; sent++) {
      producers[index].send(room, `message ${sent}`);
    }
  }
  for (const app of apps) {
    await received(app, 200);
  }

  const expected = { producerMessages: 200, consumerMessages: 600, consumers: 3, online: 3 };
  for (const node of nodes) {
    let seen;
    await until(
      `the totals grow by ${JSON.stringify(expected)}`,
      async () => {
        const after = await totals(node);
        seen = Object.fromEntries(
          Object.keys(expected).map((name) => [name, after[name] - before[name]]),
        );
        return JSON.stringify(seen) === JSON.stringify(expected);
      },
      () => seen,
      50,
    );
    const { stats } = JSON.parse((await statistics(node, statisticsToken(node))).body);
    const online = Object.values(stats.current);
    assert.equal(online.reduce((sum, count) => sum + count, 0), 3);
    assert.ok(Number(stats.total.rooms) >= 1);
  }
  apps[0].close();
  for (const node of nodes) {
    await until("one of them is gone", async () => (await totals(node)).online === 2, () => "", 50);
  }
});
