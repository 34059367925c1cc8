package io.snapper.edge.rest;

/** What a resource answers; written as JSON, one field for each component that is not null. */
public interface Answer {}
