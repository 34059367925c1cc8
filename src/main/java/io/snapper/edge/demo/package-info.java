/**
 * The demo page at {@code /} and its back end under {@code /demo}, which plays the operator: it
 * makes tokens, permits joins and publishes.
 *
 * <p>Imports core and the container's API. While the demo is off nothing here answers but the short
 * page at {@code /}. It is a user of the broker like any other: no rule of rooms or delivery is
 * here.
 */
package io.snapper.edge.demo;
