/**
 * Engine.IO packets over HTTP long polling: a poll waits without a thread, a post brings packets.
 *
 * <p>Imports the edge's root package, protocol, core.error and jakarta.servlet. Who may poll is
 * decided by the edge's filter, what a packet means by its connection: neither is here.
 */
package io.snapper.edge.engineio.polling;
