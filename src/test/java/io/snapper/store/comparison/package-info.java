/**
 * Applies the same random steps to the store in memory and to a real one, and compares everything
 * that can be seen.
 *
 * <p>Imports {@code core}, {@code testing.store} and jqwik. What a real store is made of is never
 * here: see {@link io.snapper.store.comparison.ComparedStore}.
 */
package io.snapper.store.comparison;
