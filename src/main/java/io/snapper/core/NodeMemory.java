package io.snapper.core;

import io.snapper.core.delivery.DeliveryMemory;

/**
 * What a node holds in memory at one moment. The parts are counted one after the other, so that
 * they fit each other only while nothing changes.
 *
 * @param delivery the lanes: sessions, rooms, messages
 * @param watchedRooms rooms that the node watches, or is about to stop watching
 * @param publishingRooms rooms with publications that wait for the store
 * @param heldBytes the size of these publications
 */
public record NodeMemory(
    DeliveryMemory delivery, long watchedRooms, long publishingRooms, long heldBytes) {}
