package io.snapper.core.delivery;

import io.snapper.core.message.RoomName;

/**
 * Says that a consumer won't get some messages of a room.
 *
 * @param room the room
 * @param from the offset of the first message that may be missing, in the epoch that the consumer
 *     knew
 * @param to the offset of the last missing one; {@code from - 1} or less if the log began anew and
 *     nobody knows
 * @param epoch the epoch of the messages that follow
 */
public record GapNotice(RoomName room, long from, long to, String epoch) {}
