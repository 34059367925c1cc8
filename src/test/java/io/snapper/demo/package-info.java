/**
 * The demo page as a visitor meets it: both servers, a real Chromium.
 *
 * <p>Imports {@code io.snapper.testing} only; what the visitor does is in {@code
 * src/test/npm/demo}.
 */
package io.snapper.demo;
