/**
 * Says whether this node serves: to MicroProfile Health, and at {@code /ready} and {@code /live},
 * which are at the same place on every server.
 *
 * <p>Imports core only. What keeps a node from serving the node says, never this package.
 */
package io.snapper.edge.health;
