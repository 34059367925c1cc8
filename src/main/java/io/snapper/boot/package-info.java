/**
 * Wiring: makes the beans from the settings, starts them in order and stops them in the opposite
 * one.
 *
 * <p>May import everything: it is the only place that sees edges and stores together. No rule of
 * rooms, delivery or protocols is here.
 */
package io.snapper.boot;
