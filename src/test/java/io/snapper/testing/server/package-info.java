/**
 * Starts what integration tests talk to: real server processes with the built WAR, and real Redis.
 *
 * <p>Uses what the build left under {@code target}; imports the JDK, JUnit and the embedded Redis,
 * nothing of the broker's own code.
 */
package io.snapper.testing.server;
