package io.snapper.core.store;

/**
 * Where messages were stored. For a repeated one that came after a later one of the same producer
 * this is where the later one is: where its own messages are is not kept.
 *
 * @param epoch the log's epoch
 * @param firstOffset the offset of the first message
 * @param lastOffset the offset of the last message
 * @param repeated whether an earlier request had stored them and this one changed nothing
 */
public record Published(String epoch, long firstOffset, long lastOffset, boolean repeated) {}
