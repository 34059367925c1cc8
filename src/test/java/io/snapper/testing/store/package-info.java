/**
 * Stores for tests: all ports in memory, on a clock and a schedule of the test's, with faults on
 * demand; and real Redis processes.
 *
 * <p>The in-memory part imports the JDK and {@code core} only. No assertion is ever here.
 */
package io.snapper.testing.store;
