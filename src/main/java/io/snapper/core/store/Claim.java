package io.snapper.core.store;

/**
 * The result of claiming a mailbox.
 *
 * @param mailbox its content; the fence is this claim's
 * @param handoverPending whether another live node held the mailbox and has been told to write its
 *     last state: the content is complete only after its {@link Push.HandedOver} or after {@link
 *     Mailboxes#settle}
 */
public record Claim(Mailbox mailbox, boolean handoverPending) {}
