/**
 * The contracts of the ports on real Redis servers, single and as a cluster, and what only the
 * adapters do: keys, encodings, lives, start and stop.
 */
package io.snapper.store.redis;
