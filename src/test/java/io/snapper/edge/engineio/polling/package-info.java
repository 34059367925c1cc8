/** The polling transport without a container. */
package io.snapper.edge.engineio.polling;
