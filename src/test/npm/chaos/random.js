"use strict";

/** Returns a source of numbers from 0 to 1 that is the same for the same seeds (mulberry32). */
function randomOf(seed, stream) {
  let state = (seed ^ Math.imul(stream + 1, 0x9e3779b9)) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    /** Returns a whole number, from and to included. */
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    oneOf: (list) => list[Math.floor(next() * list.length)],
  };
}

module.exports = { randomOf };
