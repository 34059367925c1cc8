/**
 * Snapper, a distributed real-time push broker.
 *
 * <p>Nothing lives here: {@code core} is the engine, {@code protocol} the codecs, {@code edge} the
 * ways in and out, {@code store} and {@code auth} the adapters, {@code boot} the wiring.
 */
package io.snapper;
