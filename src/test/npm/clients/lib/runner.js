"use strict";
/**
 * Runs the tests of a scenario one after the other, prints a line for each, and ends the process:
 * status 0 if all of them held. What a test waits for has a deadline; nothing sleeps.
 *
 * usage: node <scenario>.js '{"nodes":[…]}'
 *
 * A scenario may ask the process that started it to do something: see ask().
 */
const assert = require("node:assert/strict");
const readline = require("node:readline");

const TEST_LIMIT_MS = 120_000;
const STEP_LIMIT_MS = 45_000;
const OFTEN_MS = 5;

/** What the starter says: the nodes, and whatever else the scenario needs. */
const context = JSON.parse(process.argv[2]);

const tests = [];

/** What a test has opened, to be closed at its end, the last one first. */
class Scope {
  #ends = [];

  defer(end) {
    this.#ends.push(end);
  }

  end() {
    this.#ends.reverse().forEach((end) => end());
  }
}

/** Declares a test; all that a file declares run when it has been read. */
function test(name, body) {
  tests.push({ name, body });
  if (tests.length === 1) {
    setImmediate(runAll);
  }
}

async function runAll() {
  let failures = 0;
  for (const { name, body } of tests) {
    failures += (await holds(name, body)) ? 0 : 1;
  }
  process.exit(failures === 0 ? 0 : 1);
}

async function holds(name, body) {
  const scope = new Scope();
  const begin = Date.now();
  try {
    await within(TEST_LIMIT_MS, body(scope), () => "the test ends");
    console.log(`ok   ${name} (${Date.now() - begin} ms)`);
    return true;
  } catch (failure) {
    console.log(`FAIL ${name} (${Date.now() - begin} ms)\n${failure.stack}`);
    return false;
  } finally {
    scope.end();
  }
}

/**
 * Waits until a condition holds and returns its value.
 *
 * @param what the condition in words
 * @param condition a function, possibly asynchronous; holds when truthy
 * @param seen says what there is instead, for the message of a failure
 * @param everyMs how often to look
 */
async function until(what, condition, seen = () => "", everyMs = OFTEN_MS) {
  const deadline = Date.now() + STEP_LIMIT_MS;
  while (true) {
    const value = await condition();
    if (value) {
      return value;
    }
    if (Date.now() > deadline) {
      assert.fail(`expected within ${STEP_LIMIT_MS} ms: ${what}. Came: ${show(seen())}`);
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

/** Returns what a promise brings, unless it takes too long. */
function within(limitMs, promise, what) {
  let timer;
  const late = new Promise((resolve, reject) => {
    timer = setTimeout(
      () => reject(new assert.AssertionError({ message: `not within ${limitMs} ms: ${what()}` })),
      limitMs,
    );
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Returns what a promise brings; fails with `what` if that takes longer than a step may. */
function soon(what, promise) {
  return within(STEP_LIMIT_MS, promise, () => what);
}

function show(value) {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 2000 ? `${text.slice(0, 2000)}… (${text.length} characters)` : text;
}

/** Fails unless the texts are these, in order; shows the first difference, not thousands of lines. */
function assertSequence(actual, expected, who) {
  const at = expected.findIndex((text, index) => actual[index] !== text);
  if (at >= 0 || actual.length !== expected.length) {
    const from = at >= 0 ? at : expected.length;
    assert.fail(
      `${who}: expected ${expected.length} messages, came ${actual.length};` +
        ` from index ${from}: expected ${show(expected.slice(from, from + 5))},` +
        ` came ${show(actual.slice(from, from + 5))}`,
    );
  }
}

let answers;

/**
 * Asks the process that started this one to do something, such as to restart a server.
 *
 * @returns its answer, JSON parsed
 */
async function ask(wish) {
  answers ??= readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  console.log(`@ask ${wish}`);
  const { value } = await answers.next();
  return JSON.parse(value);
}

module.exports = { context, test, until, soon, ask, assertSequence, show };
