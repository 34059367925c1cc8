/**
 * Real brokers on a store in memory, under a seeded scheduler that decides what happens next, with
 * faults, and an independent model of what consumers must see.
 *
 * <p>Imports the JDK, core and {@code io.snapper.testing}. No thread, no real clock, no sleep.
 */
package io.snapper.simulation;
