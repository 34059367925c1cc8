/**
 * Tokens as JWT, on jose4j: {@link io.snapper.auth.jwt.Hs256Tokens} for consumers, TCP producers
 * and statistics, {@link io.snapper.auth.jwt.HttpKeys} for the roles of the HTTP API; where their
 * secrets and keys are kept; the command that makes tokens.
 *
 * <p>Imports {@code core.auth} with the values it speaks of, {@code config}, jose4j and the
 * MicroProfile Config API. What an identity may do is never decided here.
 */
package io.snapper.auth.jwt;
