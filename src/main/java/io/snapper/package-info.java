/**
 * Snapper, a distributed real-time push broker.
 *
 * <p>Nothing lives here; see {@code core} for the engine, {@code protocol} for the codecs, {@code edge} for the ways in
 * and out, {@code store} and {@code auth} for the adapters, {@code boot} for the wiring.
 */
package io.snapper;
