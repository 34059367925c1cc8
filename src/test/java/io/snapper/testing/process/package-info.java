/** Helpers for processes that tests start. */
package io.snapper.testing.process;
