/**
 * The settings: one declaration list, one immutable type per concern, all faults reported together.
 *
 * <p>{@link io.snapper.config.Settings} declares every key; {@link
 * io.snapper.config.SnapperSettings} is what the rest of the program reads. Imports the JDK and the
 * MicroProfile Config API only. What a setting does is never here.
 */
package io.snapper.config;
