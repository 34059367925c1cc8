package io.snapper.edge.rest;

/**
 * How many connections were closed.
 *
 * @param closed 0 if there was none
 */
public record ClosedAnswer(int closed) implements Answer {}
