/**
 * Starts a broker for a developer: what the build's {@code run} profile calls.
 *
 * <p>Works outside the server and is not in the WAR. Imports the JDK only; nothing of the broker is
 * here.
 */
package io.snapper.boot.launch;
