package dev.otelscope.engine.join;

import dev.otelscope.engine.observation.Observation.ConnectionsSampled;
import java.util.Arrays;

/// Which of its connections an observer of a flow has named: by the client's port, since a flow has
/// everything else in common. Immutable.
///
/// Of the connections that were opened or are open, the [#LIMIT] that were named last are kept,
/// whatever the order in which they came; besides, which ones were named as open last.
public final class Sampling {
  public static final Sampling NONE = new Sampling(new int[0], new long[0], new int[0], 0);
  static final int LIMIT = 64;

  /// How far the newest sample and one that still says something about now may be apart.
  private static final long RECENT_MILLIS = 15_000;

  /// A port in the lower 16 bits, and this if it was named as one that was opened.
  private static final int OPENED = 1 << 16;

  private static final int PORT = 0xFFFF;

  private final int[] connections;
  private final long[] millis;
  private final int[] open;
  private final long openNanos;

  private Sampling(int[] connections, long[] millis, int[] open, long openNanos) {
    this.connections = connections;
    this.millis = millis;
    this.open = open;
    this.openNanos = openNanos;
  }

  /// With these, too.
  ///
  /// @param timeMillis when the observer said so, by our clock
  public Sampling with(ConnectionsSampled sampled, long timeMillis) {
    int size = connections.length;
    for (int port : sampled.clientPorts()) {
      size += place(size(), port) < 0 ? 1 : 0;
    }
    size = Math.min(LIMIT, size);
    boolean nowOpen = sampled.open() && sampled.timeNanos() >= openNanos;
    Sampling next =
        new Sampling(
            Arrays.copyOf(connections, size),
            Arrays.copyOf(millis, size),
            nowOpen ? sampled.clientPorts().stream().mapToInt(Integer::intValue).toArray() : open,
            nowOpen ? sampled.timeNanos() : openNanos);
    int filled = connections.length;
    for (int port : sampled.clientPorts()) {
      filled = next.put(filled, sampled.open() ? port : port | OPENED, timeMillis);
    }
    return next;
  }

  /// Once the observer has said how many are open at a later time: until it says which ones, none
  /// is known to be.
  public Sampling noneOpenAt(long timeNanos) {
    return timeNanos <= openNanos || open.length == 0
        ? this
        : new Sampling(connections, millis, new int[0], timeNanos);
  }

  public boolean isEmpty() {
    return connections.length == 0;
  }

  int size() {
    return connections.length;
  }

  int port(int index) {
    return connections[index] & PORT;
  }

  /// When it was named last.
  long millis(int index) {
    return millis[index];
  }

  /// Whether it says something about now: it is open, or was named not long before the newest one.
  boolean isRecent(int index) {
    int port = port(index);
    for (int one : open) {
      if (one == port) {
        return true;
      }
    }
    return newest() - millis[index] < RECENT_MILLIS;
  }

  /// Whether these are all the connections of a series.
  ///
  /// @param opened how many were opened since it began
  /// @param mostActive how many were open at once
  public boolean isEverything(double opened, double mostActive) {
    int namedAsOpened = 0;
    for (int connection : connections) {
      namedAsOpened += connection >>> 16;
    }
    return !isEmpty() && namedAsOpened >= opened && connections.length >= mostActive;
  }

  private long newest() {
    return Arrays.stream(millis).max().orElse(0);
  }

  /// Puts a connection into a copy that nobody else has yet.
  ///
  /// @param filled how many there are in it
  /// @return how many there are then
  private int put(int filled, int connection, long timeMillis) {
    int known = place(filled, connection & PORT);
    if (known >= 0) {
      connections[known] |= connection;
      millis[known] = Math.max(millis[known], timeMillis);
      return filled;
    }
    int place = filled < connections.length ? filled : oldest();
    boolean older =
        filled == connections.length
            && (timeMillis < millis[place]
                || timeMillis == millis[place] && (connection & PORT) < port(place));
    if (!older) {
      connections[place] = connection;
      millis[place] = timeMillis;
    }
    return Math.min(filled + 1, connections.length);
  }

  /// -1 when it is not among the first ones, which are `filled`.
  private int place(int filled, int port) {
    for (int i = 0; i < filled; i++) {
      if (port(i) == port) {
        return i;
      }
    }
    return -1;
  }

  private int oldest() {
    int oldest = 0;
    for (int i = 1; i < connections.length; i++) {
      if (millis[i] < millis[oldest] || millis[i] == millis[oldest] && port(i) < port(oldest)) {
        oldest = i;
      }
    }
    return oldest;
  }
}
