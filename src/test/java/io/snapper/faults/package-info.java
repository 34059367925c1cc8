/**
 * What brokers do while their Redis fails: real brokers in this process on real Redis processes, a
 * producer that never pauses, a device, and a checker that knows what was accepted.
 *
 * <p>Imports the core, the Redis store and the tests' own tools. No server, no edge and no wire is
 * here.
 */
package io.snapper.faults;
