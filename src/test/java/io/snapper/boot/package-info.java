/**
 * Tests of the whole: what is wired inside the servers, what starts and what is left after a stop,
 * and the commands that a user types.
 *
 * <p>Uses both servers, Arquillian and processes of its own; rules of rooms and delivery are tested
 * elsewhere.
 */
package io.snapper.boot;
