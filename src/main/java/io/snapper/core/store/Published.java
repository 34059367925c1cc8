package io.snapper.core.store;

/**
 * Where messages were stored.
 *
 * @param epoch the log's epoch
 * @param firstOffset the offset of the first message
 * @param lastOffset the offset of the last message
 * @param repeated whether an earlier request had stored them and this one changed nothing
 */
public record Published(String epoch, long firstOffset, long lastOffset, boolean repeated) {}
