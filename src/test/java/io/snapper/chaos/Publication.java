package io.snapper.chaos;

/** A message that a producer has handed over, and what is known of it. Owned by {@link Ledger}. */
final class Publication {
  final String text;
  final String producer;
  final String room;
  final int number;
  final String phase;
  final long sentMs;

  /** Answered as stored. */
  boolean isAccepted;

  /** Somebody has seen it, so it was stored, whatever its producer knows. */
  boolean isWitnessed;

  boolean isRefused;

  /** Where it was first found; null as long as nobody has said so. */
  Place place;

  /** An offset in a room's log. */
  record Place(String epoch, long offset) {}

  /** Reads {@code <producer>/<room>/<number>}. */
  Publication(String text, String phase, long sentMs) {
    String[] parts = text.split("/");
    this.text = text;
    this.producer = parts[0];
    this.room = parts[1];
    this.number = Integer.parseInt(parts[2]);
    this.phase = phase;
    this.sentMs = sentMs;
  }

  boolean isStored() {
    return isAccepted || isWitnessed;
  }
}
