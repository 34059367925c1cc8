package io.snapper.store.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.snapper.core.message.Message;
import io.snapper.core.message.RoomName;
import io.snapper.core.store.LogPage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Every message that was ever stored, to check what a store reads by what it says to retain. */
final class History {
  private final Map<RoomName, TreeMap<Long, String>> rooms = new HashMap<>();
  private final Map<RoomName, TreeSet<Long>> requests = new HashMap<>();

  /** Messages were stored; the offset 1 begins a new log. */
  void onStored(RoomName room, long firstOffset, List<String> payloads) {
    TreeMap<Long, String> log = rooms.computeIfAbsent(room, unknown -> new TreeMap<>());
    TreeSet<Long> starts = requests.computeIfAbsent(room, unknown -> new TreeSet<>());
    if (firstOffset == 1) {
      log.clear();
      starts.clear();
    }
    starts.add(firstOffset);
    for (int index = 0; index < payloads.size(); index++) {
      log.put(firstOffset + index, payloads.get(index));
    }
  }

  /** Returns the first offset of the request that stored this one. */
  long startOfRequest(RoomName room, long offset) {
    return requests.get(room).floor(offset);
  }

  /** Fails unless the page is what there is to be read from its first retained offset on. */
  void check(String name, RoomName room, LogPage page, long after, int maxMessages, long maxBytes) {
    List<String> expected = new ArrayList<>();
    long bytes = 0;
    long first = Math.max(after + 1, page.firstRetained());
    for (long offset = first; offset <= page.state().top(); offset++) {
      if (expected.size() == maxMessages || (bytes >= maxBytes && !expected.isEmpty())) {
        break;
      }
      String payload = rooms.get(room).get(offset);
      expected.add(offset + " " + payload);
      bytes += bytesOf(payload);
    }
    List<String> actual = new ArrayList<>();
    for (Message message : page.messages()) {
      actual.add(message.offset() + " " + message.payload());
    }
    assertThat(actual).as("messages read from %s", name).isEqualTo(expected);
  }

  private static long bytesOf(String payload) {
    // Half a surrogate pair has no form in UTF-8; it is stored in three bytes.
    byte[] bytes = payload.replaceAll("\\p{Cs}", "\u2028").getBytes(StandardCharsets.UTF_8);
    return bytes.length;
  }
}
