package io.snapper.core.store;

import io.snapper.core.auth.DeviceKind;
import io.snapper.core.message.NodeId;
import io.snapper.core.message.UserId;

/**
 * A user has come online with a first connection, or has gone with the last one.
 *
 * @param number names the change: of one user's changes a later one has a higher number, and the
 *     same change, told again, has the same
 * @param atMs when it happened, in ms since 1970, by the store's clock
 * @param device the kind of device of the connection that caused it
 * @param node the node of that connection
 */
public record PresenceChange(
    UserId user, boolean isOnline, long number, long atMs, DeviceKind device, NodeId node) {}
