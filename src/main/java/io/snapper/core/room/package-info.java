/**
 * What a node does for rooms as a whole: it publishes to them in order, and it tells the store
 * which rooms it watches.
 *
 * <p>Imports the JDK and other core packages. State is guarded per room and shared by all lanes;
 * nothing about single consumers is here.
 */
package io.snapper.core.room;
