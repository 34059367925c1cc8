/**
 * The values that the engine speaks of: names, positions, messages.
 *
 * <p>Imports the JDK and {@code core.error} only. Everything is immutable and checks itself; no
 * wire format is here.
 */
package io.snapper.core.message;
