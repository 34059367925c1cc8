package io.snapper.edge.rest;

import jakarta.json.bind.annotation.JsonbPropertyOrder;

/**
 * The outcome of a join or leave.
 *
 * @param member whether the consumer is in the room now
 * @param changed whether it was otherwise before
 */
@JsonbPropertyOrder({"room", "consumer", "member", "changed"})
public record MembershipAnswer(String room, String consumer, boolean member, boolean changed)
    implements Answer {}
