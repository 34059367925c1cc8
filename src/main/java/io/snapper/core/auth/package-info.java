/**
 * Who may speak: identities that tokens prove, and the rule that makes a consumerId from a token.
 *
 * <p>Imports the JDK, {@code core.message} and {@code core.error} only. How a token is signed and
 * checked is never here: that is behind {@link io.snapper.core.auth.TokenVerifier} and {@link
 * io.snapper.core.auth.TokenIssuer}.
 */
package io.snapper.core.auth;
