/**
 * Who comes online and who goes: takes the changes that the store has recorded and tells each of
 * them on one node, in order.
 *
 * <p>Imports the JDK and other core packages. Which connections a user has is the store's matter;
 * what is done with a change is the listener's.
 */
package io.snapper.core.presence;
