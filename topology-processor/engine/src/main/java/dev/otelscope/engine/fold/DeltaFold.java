package dev.otelscope.engine.fold;

import java.util.Arrays;

/// Adds up a counter of delta temporality, in which each point covers a stretch of time of its own.
/// Not thread-safe.
final class DeltaFold {
  /*
   * Gaps
   *   Every stretch of time is counted once. What is behind the end of the latest stretch and not
   *   covered yet is a gap; a late point that fits into one is taken, and what remains of the gap on
   *   both sides stays open. Everything before the first point ever seen is a gap, too.
   *
   *     covered:    ──gap──[======]─gap─[====][=====]──► latest
   *     late point:                  [=]               taken
   *     repeated:            [====]                    duplicate
   *
   * Memory
   *   The newest MAX_GAPS gaps are kept; a point for one that was forgotten counts as duplicate.
   */
  private static final int MAX_GAPS = 16;

  private long[] gapStarts = new long[2];
  private long[] gapEnds = new long[2];
  private int gaps;
  private long latest = Long.MIN_VALUE;
  private double total;

  /// Applies a point; its value is what the total gains unless it is a duplicate.
  ///
  /// @param startNanos 0 when not said: then it goes back to where the one before it ended
  Verdict apply(long startNanos, long timeNanos, double value) {
    boolean first = latest == Long.MIN_VALUE;
    long start =
        startNanos == 0 || startNanos > timeNanos ? Math.min(latest, timeNanos) : startNanos;
    if (first || start >= latest && timeNanos > latest) {
      if (start > latest) {
        open(latest, start);
      }
      latest = timeNanos;
    } else if (startNanos == 0 || !fill(start, timeNanos)) {
      return Verdict.DUPLICATE;
    }
    total += value;
    return first ? Verdict.FIRST : value > 0 ? Verdict.GREW : Verdict.SAME;
  }

  double total() {
    return total;
  }

  private boolean fill(long start, long end) {
    for (int i = 0; i < gaps; i++) {
      if (gapStarts[i] <= start && end <= gapEnds[i] && start < end) {
        long gapEnd = gapEnds[i];
        gapEnds[i] = start;
        if (gapStarts[i] == start) {
          close(i);
        }
        if (end < gapEnd) {
          open(end, gapEnd);
        }
        return true;
      }
    }
    return false;
  }

  private void open(long start, long end) {
    if (gaps == MAX_GAPS) {
      close(oldestGap());
    }
    if (gaps == gapStarts.length) {
      gapStarts = Arrays.copyOf(gapStarts, 2 * gaps);
      gapEnds = Arrays.copyOf(gapEnds, 2 * gaps);
    }
    gapStarts[gaps] = start;
    gapEnds[gaps] = end;
    gaps++;
  }

  private void close(int index) {
    gaps--;
    gapStarts[index] = gapStarts[gaps];
    gapEnds[index] = gapEnds[gaps];
  }

  private int oldestGap() {
    int oldest = 0;
    for (int i = 1; i < gaps; i++) {
      oldest = gapEnds[i] < gapEnds[oldest] ? i : oldest;
    }
    return oldest;
  }
}
