/**
 * JSON-RPC 2.0: reading messages and batches, writing requests and answers, and the fast paths of
 * the two messages that make up most traffic (a delivery and its acknowledgement). May import the
 * JDK and protocol.json. Knows no transport, no method's meaning, no rooms or consumers.
 */
package io.snapper.protocol.jsonrpc;
