/**
 * What every store must do: a contract for each port, and its run on the store in memory.
 *
 * <p>The same contracts run on Redis in {@code store.redis}. Nothing here knows which store it is.
 */
package io.snapper.store;
