/** The WebSocket transport without a container. */
package io.snapper.edge.engineio.websocket;
