package io.snapper.store.comparison;

import io.snapper.core.message.NodeId;
import io.snapper.core.store.Mailboxes;
import io.snapper.core.store.NodeRegistry;
import io.snapper.core.store.PresenceLog;
import io.snapper.core.store.PushChannel;
import io.snapper.core.store.RoomLog;
import io.snapper.core.store.UserDirectory;
import java.util.Map;

/**
 * One of the two stores.
 *
 * @param name for messages
 * @param isReal whether it is not the one in memory
 * @param inboxes of the nodes that are subscribed
 * @param channels of the same nodes
 */
record Side(
    String name,
    boolean isReal,
    RoomLog roomLog,
    Mailboxes mailboxes,
    UserDirectory users,
    PresenceLog presence,
    NodeRegistry nodes,
    Map<NodeId, Inbox> inboxes,
    Map<NodeId, PushChannel> channels) {}
