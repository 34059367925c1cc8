package io.snapper.config;

import java.time.Duration;

/**
 * What is kept for those who are away.
 *
 * @param roomLogLength how many messages a room keeps at least
 * @param roomLogBurstTime younger messages are kept beyond that length
 * @param roomLogBurstLength but never more than so many, or than the length if that is more
 * @param roomLogLife how long after its last message a room's log is kept
 * @param mailboxLife how long a consumer may be away and still continue where it was
 * @param weakenedMailboxLife the same for a consumer whose user has logged in anew on the device
 */
public record RetentionSettings(
    int roomLogLength,
    Duration roomLogBurstTime,
    int roomLogBurstLength,
    Duration roomLogLife,
    Duration mailboxLife,
    Duration weakenedMailboxLife) {

  static RetentionSettings read(SettingsReader reader) {
    RetentionSettings retention =
        new RetentionSettings(
            reader.read(Settings.ROOM_LOG_LENGTH),
            reader.read(Settings.ROOM_LOG_BURST_TIME),
            reader.read(Settings.ROOM_LOG_BURST_LENGTH),
            reader.read(Settings.ROOM_LOG_LIFE),
            reader.read(Settings.MAILBOX_LIFE),
            reader.read(Settings.MAILBOX_WEAKENED_LIFE));
    reader.check(
        retention.weakenedMailboxLife().compareTo(retention.mailboxLife()) <= 0,
        "a weakened mailbox must not live longer than another one",
        Settings.MAILBOX_WEAKENED_LIFE,
        Settings.MAILBOX_LIFE);
    return retention;
  }
}
