package io.snapper.edge.rest;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A JSON object of a request, read strictly: a field that nobody knows is refused, since it is
 * misspelled or asks for something that would silently not be done.
 */
final class RequestFields {
  private final String place;
  private final JsonObject object;

  private RequestFields(String place, JsonObject object) {
    this.place = place;
    this.object = object;
  }

  /**
   * Returns the fields of {@code value}.
   *
   * @param place where it is in the body, empty for the body itself
   * @throws ProblemException if it is no object or has a field that is not in {@code known}
   */
  static RequestFields of(String place, JsonValue value, Set<String> known) {
    if (!(value instanceof JsonObject object)) {
      String what = place.isEmpty() ? "the body" : place;
      throw ProblemException.invalid(
          place.isEmpty() ? null : place, what + " must be an object, and is " + kind(value));
    }
    for (String name : object.keySet()) {
      if (!known.contains(name)) {
        throw ProblemException.invalid(
            within(place, Excerpts.shown(name)),
            "there is no field '"
                + Excerpts.shown(name)
                + "' here; the fields are "
                + String.join(", ", known.stream().sorted().toList()));
      }
    }
    return new RequestFields(place, object);
  }

  boolean has(String name) {
    return object.containsKey(name);
  }

  /** Returns a string. */
  String string(String name) {
    return string(within(place, name), object.get(name));
  }

  /** Returns an array with 1 to {@code limit} entries. */
  JsonArray array(String name, int limit) {
    String field = within(place, name);
    if (!(object.get(name) instanceof JsonArray array)) {
      throw ProblemException.invalid(
          field, field + " must be an array, and is " + kind(object.get(name)));
    }
    if (array.isEmpty()) {
      throw ProblemException.invalid(field, field + " must have at least one entry");
    }
    if (array.size() > limit) {
      throw ProblemException.tooLarge(
          field,
          field + " has " + array.size() + " entries; the limit is " + limit,
          array.size(),
          limit);
    }
    return array;
  }

  /** Returns an array of 1 to {@code limit} strings. */
  List<String> strings(String name, int limit) {
    JsonArray array = array(name, limit);
    List<String> strings = new ArrayList<>(array.size());
    for (int index = 0; index < array.size(); index++) {
      strings.add(string(within(place, name) + "[" + index + "]", array.get(index)));
    }
    return strings;
  }

  /**
   * Returns the messages: {@code "message"} is one, {@code "messages"} is 1 to {@code limit}; only
   * one of the two is given, and no message is empty.
   */
  List<String> messages(int limit) {
    if (has("message") == has("messages")) {
      throw ProblemException.invalid(
          within(place, "message"),
          "either message, a string, or messages, an array of strings, must be given"
              + (place.isEmpty() ? "" : " in " + place));
    }
    List<String> messages =
        has("message") ? List.of(string("message")) : strings("messages", limit);
    for (int index = 0; index < messages.size(); index++) {
      if (messages.get(index).isEmpty()) {
        String field = within(place, has("message") ? "message" : "messages[" + index + "]");
        throw ProblemException.invalid(field, field + " must not be empty");
      }
    }
    return messages;
  }

  /** Returns a string. */
  static String string(String field, JsonValue value) {
    if (!(value instanceof JsonString string)) {
      throw ProblemException.invalid(field, field + " must be a string, and is " + kind(value));
    }
    return string.getString();
  }

  private static String within(String place, String name) {
    return place.isEmpty() ? name : place + "." + name;
  }

  private static String kind(JsonValue value) {
    return value == null ? "missing" : value.getValueType().name().toLowerCase(Locale.ROOT);
  }
}
