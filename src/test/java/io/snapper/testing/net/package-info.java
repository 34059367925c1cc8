/**
 * A network that can be disturbed: a proxy of the tests' own between any client and any server.
 *
 * <p>Imports the JDK only. What goes over the network is never interpreted here.
 */
package io.snapper.testing.net;
