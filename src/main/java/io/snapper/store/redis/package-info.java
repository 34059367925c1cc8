/**
 * The engine's store on Redis: an adapter for each port of {@code core.store}, the scripts, the
 * names of the keys, and a Redis of our own as a child process.
 *
 * <p>May import {@code core} and {@code config}, Redisson and Netty. What a message means, who gets
 * it, and any wire protocol of clients are never here.
 */
package io.snapper.store.redis;
