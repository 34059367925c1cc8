/**
 * Producers over TCP: RESP frames that carry JSON-RPC. {@link
 * io.snapper.edge.producer.ProducerServer} is started and stopped like an endpoint of a resource
 * adapter, on threads it is given.
 *
 * <p>Imports Netty, protocol.jsonrpc, core and config. All state of a connection belongs to its
 * event loop's thread. Rules of rooms and delivery, tokens' rules and Redis are never here.
 */
package io.snapper.edge.producer;
