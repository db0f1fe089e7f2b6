package dev.otelscope.engine.expiry;

/// How far a producer's clock is behind ours, as far as its points tell: the least difference
/// between when a point came and when it says it was made, over the last one to two minutes. A
/// constant delay on the way looks the same as a slow clock, which does no harm: what counts is
/// that times of one producer can be compared with now. Not thread-safe.
public final class ClockOffset {
  private static final long WINDOW_MILLIS = 60_000;
  private static final long NONE = Long.MAX_VALUE;

  private long windowStart = Long.MIN_VALUE;
  private long previous = NONE;
  private long current = NONE;

  /// Notes that a point made at `pointMillis` came at `receivedMillis`.
  public void note(long pointMillis, long receivedMillis) {
    if (windowStart == Long.MIN_VALUE || receivedMillis - windowStart >= WINDOW_MILLIS) {
      boolean adjacent = receivedMillis - windowStart < 2 * WINDOW_MILLIS;
      previous = windowStart != Long.MIN_VALUE && adjacent ? current : NONE;
      current = NONE;
      windowStart = receivedMillis;
    }
    current = Math.min(current, receivedMillis - pointMillis);
  }

  /// Milliseconds to add to the producer's times to compare them with ours, 0 when nothing is
  /// known.
  public long millis() {
    long least = Math.min(previous, current);
    return least == NONE ? 0 : least;
  }
}
