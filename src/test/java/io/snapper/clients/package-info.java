/**
 * The real, unmodified clients against real servers of both kinds.
 *
 * <p>Imports {@code io.snapper.testing} and JUnit. What the clients do and must see is in {@code
 * src/test/npm/clients}, one file for each topic; here is only what each of them runs against.
 */
package io.snapper.clients;
