/**
 * Chaos on real processes: three servers, a real Redis, real clients, faults, and a ledger that
 * knows what was published and what every application saw.
 *
 * <p>Imports {@code io.snapper.testing} and JUnit, nothing of the broker. The clients are in {@code
 * src/test/npm/chaos}. How to run it and read its table: {@code docs/chaos.md}.
 */
package io.snapper.chaos;
