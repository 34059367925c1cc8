/**
 * Engine.IO revisions 3 and 4 as bytes and text: packets, polling payloads, the open packet, the
 * query of a request, the errors. May import the JDK and protocol.json. Opens no connection, keeps
 * no session, decides nothing about tokens.
 */
package io.snapper.protocol.engineio;
