package io.snapper.chaos;

import java.util.List;
import java.util.Map;

/** The Redis of a run, whatever it consists of, and the faults that only its kind has. */
interface RedisSystem extends AutoCloseable {
  /** Returns what the table calls it. */
  String name();

  /** Returns the settings by which a node, 0 to 2, finds it. */
  Map<String, String> settings(int node);

  /**
   * Breaks connections with it; returns how many there were.
   *
   * @param part 0 to 2: those of one node, or of all nodes with one master
   */
  int cut(int part);

  /** Lets what goes over such connections wait until {@link #resume}, over new ones as well. */
  void stall(int part);

  /** Lets everything flow again. */
  void resume();

  /** Returns what can happen to it. */
  List<Fault> faults();

  @Override
  void close();
}
