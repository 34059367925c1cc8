/**
 * What the engine needs of a store: the ports, and the values that cross them.
 *
 * <p>Imports the JDK and {@code core.message}, {@code core.auth} only. Every call is asynchronous,
 * completes on a thread of the store's, which must not be held, and fails with {@link
 * io.snapper.core.error.SnapperException}: {@code UNAVAILABLE} means that the outcome is unknown.
 * No key name, no script, no client library is here.
 */
package io.snapper.core.store;
