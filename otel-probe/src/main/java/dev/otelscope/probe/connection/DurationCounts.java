package dev.otelscope.probe.connection;

/// How many connections lasted how long, in buckets that are each twice as wide as the one before.
public final class DurationCounts {
  public static final int BUCKETS = 32;

  private final int[] counts;

  /// @param counts element `i` counts what took from 2^(i-20) to 2^(i-19) seconds, the first and
  ///   the last one also what is beyond
  public DurationCounts(int[] counts) {
    if (counts.length != BUCKETS) {
      throw new IllegalArgumentException(BUCKETS + " counts expected, not " + counts.length);
    }
    this.counts = counts.clone();
  }

  /// How many are in a bucket.
  public int in(int bucket) {
    return counts[bucket];
  }
}
