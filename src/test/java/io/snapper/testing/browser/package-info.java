/**
 * Finds the browser that tests of pages drive.
 *
 * <p>Imports the JDK only; what a test does with the browser is not here.
 */
package io.snapper.testing.browser;
