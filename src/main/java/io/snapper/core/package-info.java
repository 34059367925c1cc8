/**
 * The engine: what is delivered to whom, in which order, how often.
 *
 * <p>Imports the JDK only. {@link io.snapper.core.Broker} is the one facade that edges call. No
 * wire format, no Redis, no container type is ever named here.
 */
package io.snapper.core;
