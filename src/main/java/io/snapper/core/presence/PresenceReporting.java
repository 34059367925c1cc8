package io.snapper.core.presence;

import io.snapper.core.store.PresenceLog;
import java.util.concurrent.Executor;

/**
 * How a node tells who comes online and who goes.
 *
 * @param log the directory to be used instead of one that records nothing
 * @param executor runs the listener; one task at a time, in order
 */
public record PresenceReporting(PresenceLog log, Executor executor, PresenceListener listener) {}
