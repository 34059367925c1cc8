package io.snapper.chaos;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Who the clients of a run are and which rooms they are in.
 *
 * @param rooms the members of each room, by the consumers' names; users' own rooms are among them
 * @param users the user of each user's own room
 */
record Layout(
    long seed,
    List<Consumer> consumers,
    List<Producer> producers,
    Map<String, List<String>> rooms,
    Map<String, String> users) {

  static final String SNAPPER_CONSUMER = "snapper-consumer";
  static final String ENGINE_IO_CLIENT = "engine.io-client";

  private static final String POLLING = "polling";
  private static final String WEBSOCKET = "websocket";
  private static final List<List<String>> TRANSPORTS =
      List.of(
          List.of(WEBSOCKET),
          List.of(WEBSOCKET),
          List.of(POLLING, WEBSOCKET),
          List.of(WEBSOCKET),
          List.of(POLLING));
  private static final int ROOMS = 6;
  private static final int DEVICES_OF_A_USER = 2;
  private static final Duration TOKEN_LIFE = Duration.ofDays(2);

  /**
   * A device.
   *
   * @param version of engine.io-client; snapper-consumer brings its own
   * @param transports of Engine.IO, in the order in which they are tried
   * @param isSlow reads or acknowledges late now and then
   * @param isMoving goes away and comes back at random
   */
  record Consumer(
      String name,
      String userId,
      String source,
      String client,
      int version,
      List<String> transports,
      boolean isSlow,
      boolean isMoving) {

    /** Whether all of its connections must lead to one node. */
    boolean needsStickiness() {
      return transports.contains(POLLING);
    }

    String userRoom() {
      return "user" + userId;
    }
  }

  /**
   * A back end.
   *
   * @param isHttp over HTTP with an Idempotency-Key and retries, else snapper-producer
   * @param isAsking waits for answers, so that it knows what was accepted
   */
  record Producer(String name, boolean isHttp, boolean isAsking) {}

  /** Draws the members of the rooms; the kinds of clients are always the same. */
  static Layout draw(long seed, int consumerCount) {
    Random random = new Random(seed);
    List<Consumer> consumers = new ArrayList<>();
    Map<String, List<String>> rooms = new TreeMap<>();
    Map<String, String> users = new TreeMap<>();
    for (int index = 0; index < consumerCount; index++) {
      boolean isSnapper = index % 2 == 0;
      int pair = index / 2;
      Consumer consumer =
          new Consumer(
              (isSnapper ? "s" : "e") + pair,
              String.format("%024x", (seed << 16) + pair / DEVICES_OF_A_USER * 2L + index % 2),
              pair % DEVICES_OF_A_USER == 0 ? "web" : "ios",
              isSnapper ? SNAPPER_CONSUMER : ENGINE_IO_CLIENT,
              pair % 2 == 0 ? 3 : 6,
              TRANSPORTS.get(pair % TRANSPORTS.size()),
              pair % 5 == 3,
              pair % 3 == 1);
      consumers.add(consumer);
      users.put(consumer.userRoom(), consumer.userId());
      rooms.computeIfAbsent(consumer.userRoom(), room -> new ArrayList<>()).add(consumer.name());
      for (int room = 0; room < ROOMS; room++) {
        if (random.nextInt(ROOMS) <= room / 2) {
          rooms.computeIfAbsent("room-" + room, name -> new ArrayList<>()).add(consumer.name());
        }
      }
    }
    List<Producer> producers =
        List.of(
            new Producer("p0", false, true),
            new Producer("p1", false, true),
            new Producer("p2", false, false),
            new Producer("h0", true, true),
            new Producer("h1", true, true));
    return new Layout(seed, consumers, producers, rooms, users);
  }

  /**
   * Returns the rooms that the clients themselves join; they are in their user's from the start.
   */
  private Map<String, List<String>> joinedRooms() {
    Map<String, List<String>> joined = new LinkedHashMap<>(rooms);
    joined.keySet().removeAll(users.keySet());
    return joined;
  }

  /**
   * Returns the configuration of {@code src/test/npm/chaos/clients.js}.
   *
   * @param ports where the clients connect
   * @param everyMs how long each producer waits between two calls
   */
  String json(Balancers ports, String secret, String dataDirectory, int everyMs) {
    JsonArrayBuilder consumerArray = Json.createArrayBuilder();
    long end = Instant.now().plus(TOKEN_LIFE).getEpochSecond();
    for (Consumer consumer : consumers) {
      consumerArray.add(
          Json.createObjectBuilder()
              .add("name", consumer.name())
              .add("userId", consumer.userId())
              .add("source", consumer.source())
              .add("exp", end)
              .add("client", consumer.client())
              .add("version", consumer.version())
              .add("slow", consumer.isSlow())
              .add("moves", consumer.isMoving())
              .add("transports", array(consumer.transports()))
              .add("port", ports.of(consumer)));
    }
    JsonArrayBuilder producerArray = Json.createArrayBuilder();
    for (Producer producer : producers) {
      producerArray.add(
          Json.createObjectBuilder()
              .add("name", producer.name())
              .add("kind", producer.isHttp() ? "http" : "tcp")
              .add("asks", producer.isAsking())
              .add("everyMs", everyMs)
              .add("port", producer.isHttp() ? ports.httpPort() : ports.of(producer)));
    }
    JsonObjectBuilder roomObject = Json.createObjectBuilder();
    joinedRooms().forEach((room, members) -> roomObject.add(room, array(members)));
    JsonObjectBuilder userObject = Json.createObjectBuilder();
    users.forEach(userObject::add);
    return Json.createObjectBuilder()
        .add("seed", (int) seed)
        .add("httpPort", ports.httpPort())
        .add("data", dataDirectory)
        .add("secrets", array(List.of(secret)))
        .add("consumers", consumerArray)
        .add("producers", producerArray)
        .add("rooms", roomObject)
        .add("users", userObject)
        .add("targets", array(targets()))
        .build()
        .toString();
  }

  /** Each room counts several times, so that most messages go to the rooms. */
  private List<String> targets() {
    List<String> targets = new ArrayList<>(users.keySet());
    Collection<String> joined = joinedRooms().keySet();
    for (int weight = 0; weight < 2 * users.size() / ROOMS; weight++) {
      targets.addAll(joined);
    }
    return targets;
  }

  private static JsonArrayBuilder array(Collection<String> texts) {
    return Json.createArrayBuilder(texts);
  }
}
