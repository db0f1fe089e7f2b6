package dev.otelscope.engine.fold;

/// What a counter gained in each of the last [#SECONDS] seconds. Not thread-safe.
public final class RateWindow {
  /// Width of the window over which rates are taken.
  public static final int SECONDS = 15;

  private final double[] gains = new double[SECONDS];
  private long newest = Long.MIN_VALUE;

  /// Adds a gain at a second; one that has left the window already is without effect.
  void add(long second, double gain) {
    if (newest == Long.MIN_VALUE) {
      newest = second;
    }
    if (second <= newest - SECONDS) {
      return;
    }
    if (second > newest) {
      forget(second);
      newest = second;
    }
    gains[slot(second)] += gain;
  }

  /// Gain per second over the window that ends with `now`, that second included.
  double rate(long now) {
    double sum = 0;
    long oldest = Math.max(now, newest) - SECONDS + 1;
    for (long second = Math.max(oldest, newest - SECONDS + 1); second <= newest; second++) {
      sum += gains[slot(second)];
    }
    return sum / SECONDS;
  }

  private void forget(long upTo) {
    long first = Math.max(newest + 1, upTo - SECONDS + 1);
    for (long second = first; second <= upTo; second++) {
      gains[slot(second)] = 0;
    }
  }

  private static int slot(long second) {
    return (int) Math.floorMod(second, (long) SECONDS);
  }
}
