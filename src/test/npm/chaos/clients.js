"use strict";
/**
 * All clients of one chaos run: unmodified snapper-consumers, engine.io-clients with a dedupe of
 * their own, snapper-producers, and a back end that pushes over HTTP. What they send and see goes
 * to the standard output, one line for each event; what they are to do comes by the standard input.
 *
 * usage: node chaos/clients.js <file with the configuration>
 *
 * Orders: "start <phase>", "stop", "end". Events are described in io.snapper.chaos.ClientEvents.
 */
const fs = require("node:fs");
const readline = require("node:readline");
const { newConsumer } = require("./consumers");
const { newProducer } = require("./producers");
const { joinAll } = require("./http");
const { randomOf } = require("./random");

const config = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));

/** Prints an event; its fields must not contain tabs or line ends. */
function emit(kind, ...fields) {
  process.stdout.write(`${Date.now()}\t${kind}\t${fields.join("\t")}\n`);
}

const consumers = config.consumers.map((consumer, index) =>
  newConsumer(consumer, config, randomOf(config.seed, index), emit),
);
const producers = config.producers.map((producer, index) =>
  newProducer(producer, config, randomOf(config.seed, 1000 + index), emit),
);

const orders = {
  start(phase) {
    consumers.forEach((consumer) => consumer.beRestless());
    producers.forEach((producer) => producer.start(phase));
  },
  async stop() {
    await Promise.all(producers.map((producer) => producer.stop()));
    consumers.forEach((consumer) => consumer.beCalm());
    emit("stopped");
  },
  end() {
    process.exit(0);
  },
};

async function main() {
  await Promise.all(consumers.map((consumer) => consumer.opened));
  await joinAll(config);
  emit("joined");
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [order, ...words] = line.split(" ");
    await orders[order](...words);
  }
  process.exit(0);
}

main().catch((failure) => {
  console.error(failure);
  process.exit(1);
});
