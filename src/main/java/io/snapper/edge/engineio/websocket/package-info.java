/**
 * Engine.IO packets over the container's WebSockets: one endpoint, one writer per socket, and what
 * one of the containers needs to send fast.
 *
 * <p>Imports the edge's root package, protocol, core.error and jakarta.websocket; container classes
 * by name only. What a packet means is never here.
 */
package io.snapper.edge.engineio.websocket;
