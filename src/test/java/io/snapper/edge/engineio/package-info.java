/** The consumer edge without a container: admission, sessions, upgrade, by hand-moved time. */
package io.snapper.edge.engineio;
