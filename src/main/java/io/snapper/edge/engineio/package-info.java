/**
 * The consumer edge: Engine.IO revisions 3 and 4 at {@code /websocket/}, carrying JSON-RPC.
 *
 * <p>This package owns admission (who may talk to which session), the sessions of this node, and a
 * connection's packets, heartbeat, JSON-RPC and upgrade; {@code websocket} and {@code polling} move
 * the packets. A session lives on the node of its handshake, so polling needs sticky balancing.
 * Imports protocol, core, config and the container's API. No rule of rooms or delivery is here.
 */
package io.snapper.edge.engineio;
