/**
 * The producer edge over HTTP: the resources under {@code /api/v1}, what goes in and out of them,
 * and the problem documents that refuse.
 *
 * <p>Imports core, config and {@code protocol.json}. Requests are read by JSON Processing: a
 * binding ignores a misspelled field, and fails a whole batch for one wrong entry. Answers are
 * records, written by JSON Binding. No rule of rooms or delivery is here.
 */
package io.snapper.edge.rest;
