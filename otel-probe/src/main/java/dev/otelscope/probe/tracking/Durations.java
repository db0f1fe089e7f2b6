package dev.otelscope.probe.tracking;

import dev.otelscope.probe.connection.DurationCounts;
import dev.otelscope.probe.connection.PastConnections;

/// How long connections lasted: a histogram whose buckets are each twice as wide as the one before,
/// which is what OpenTelemetry calls an exponential one of scale 0. Grows from zero at the creation
/// of its series.
public final class Durations {
  /// Number of the first bucket, which begins at `2^FIRST` seconds.
  public static final int FIRST = -20;

  private static final long NANOS_TIMES_1024_IN_UNIT = 976_562; // of 2^-20 s
  private static final long LONGEST = Long.MAX_VALUE >> 10;

  private final long[] buckets = new long[DurationCounts.BUCKETS];
  private long count;
  private double seconds;

  /// How many connections are in it.
  public long count() {
    return count;
  }

  /// Their time together.
  public double seconds() {
    return seconds;
  }

  /// How many lasted from `2^(FIRST + index)` to twice as many seconds.
  public long bucket(int index) {
    return buckets[index];
  }

  void add(long nanos) {
    long units = (Math.min(nanos, LONGEST) << 10) / NANOS_TIMES_1024_IN_UNIT;
    int index = units == 0 ? 0 : 63 - Long.numberOfLeadingZeros(units);
    buckets[Math.min(index, buckets.length - 1)]++;
    count++;
    seconds += nanos / 1e9;
  }

  void add(PastConnections past) {
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] += past.durations().in(i);
    }
    count += past.opened();
    seconds += past.durationNanos() / 1e9;
  }
}
