package dev.otelscope.probe.tracking;

import java.util.Arrays;
import java.util.List;

/// The connections with the lowest hashes of all that were offered, at most [#LIMIT], lowest first.
/// Not thread-safe.
public final class Samples {
  public static final int LIMIT = 4;
  private static final SampledConnection[] NONE = {};

  private SampledConnection[] connections = NONE;
  private List<SampledConnection> list = List.of();
  private boolean changed;

  /// What is chosen now; the same object as long as that is the same.
  public List<SampledConnection> list() {
    if (changed) {
      list = List.of(connections);
      changed = false;
    }
    return list;
  }

  /// Whether a connection with this hash would be chosen, so that there is no need to make one that
  /// would not.
  boolean wants(long hash) {
    for (SampledConnection one : connections) {
      if (one.hash() == hash) {
        return false;
      }
    }
    return connections.length < LIMIT
        || Long.compareUnsigned(hash, connections[LIMIT - 1].hash()) < 0;
  }

  /// Adds one that it wants.
  void add(SampledConnection connection) {
    int size = Math.min(LIMIT, connections.length + 1);
    SampledConnection[] next = Arrays.copyOf(connections, size);
    int at = size - 1;
    while (at > 0 && Long.compareUnsigned(connection.hash(), next[at - 1].hash()) < 0) {
      next[at] = next[at - 1];
      at--;
    }
    next[at] = connection;
    connections = next;
    changed = true;
  }

  /// Takes one out.
  ///
  /// @return whether it was chosen
  boolean remove(long hash) {
    for (int i = 0; i < connections.length; i++) {
      if (connections[i].hash() == hash) {
        SampledConnection[] next = Arrays.copyOf(connections, connections.length - 1);
        System.arraycopy(connections, i + 1, next, i, next.length - i);
        connections = next;
        changed = true;
        return true;
      }
    }
    return false;
  }

  void clear() {
    if (connections.length > 0) {
      connections = NONE;
      changed = true;
    }
  }
}
