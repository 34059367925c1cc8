/**
 * The two closed lists of what can go wrong: {@link io.snapper.core.error.ErrorCode} answers a
 * caller, {@link io.snapper.core.error.CloseReason} ends a connection.
 *
 * <p>Imports the JDK only. The numbers and texts of wire protocols are never here: edges map to
 * them.
 */
package io.snapper.core.error;
