/**
 * The two sides of a consumer's connection: {@link io.snapper.core.session.ConsumerConnection} is
 * what an edge gives the engine, {@link io.snapper.core.session.ConsumerSession} is what it gets
 * back.
 *
 * <p>Imports the JDK and other core packages. No protocol and no delivery rule is here.
 */
package io.snapper.core.session;
