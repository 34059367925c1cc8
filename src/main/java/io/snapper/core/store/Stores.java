package io.snapper.core.store;

/** All ports of one store. */
public record Stores(
    RoomLog roomLog,
    Mailboxes mailboxes,
    UserDirectory users,
    NodeRegistry nodes,
    PushChannel pushes) {}
