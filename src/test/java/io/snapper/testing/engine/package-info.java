/**
 * A broker node without threads: tests move its clock by hand and see everything that it sends.
 *
 * <p>Imports the JDK and core only; stores come from {@code io.snapper.testing.store}.
 */
package io.snapper.testing.engine;
