package io.snapper.edge.rest;

/**
 * What a call brings. One type for all of them, so that our reader is nearer to it than the
 * servers' own, which read any object.
 */
public sealed interface RequestBody permits PushRequest, BatchRequest, UsersPushRequest {}
