/**
 * Delivery on one node: lanes own consumers, local rooms share recent messages, the pump keeps one
 * batch in flight per consumer.
 *
 * <p>Imports the JDK and other core packages. State of a lane is touched by its own thread only;
 * methods that run there start with {@code on}. No wire format is here.
 */
package io.snapper.core.delivery;
