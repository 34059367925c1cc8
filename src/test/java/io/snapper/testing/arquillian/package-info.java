/**
 * Shows that tests can run inside Payara Micro; those of Snapper's own wiring lie beside it.
 *
 * <p>Imports Arquillian and Jakarta EE; the tiny archives deployed here hold nothing of Snapper.
 */
package io.snapper.testing.arquillian;
