package dev.otelscope.engine.fold;

import java.util.ArrayList;
import java.util.List;

/// Adds up a cumulative counter. Not thread-safe.
final class CumulativeFold {
  /*
   * Segments
   *   Points with the same start time are one segment, of which only the latest value counts. The
   *   total is the sum over the segments, so neither order nor repetition of points matters, and a
   *   reset (a new start) adds from zero:
   *
   *     start   latest   value
   *     10:00   10:42    812      ended, its points may still be repeated
   *     10:41   10:55     37      total 849
   *
   *   A decrease without a new start is a reset of a producer that does not say so: the value before
   *   it is kept as an offset of the segment.
   *
   * Memory
   *   At most MAX_SEGMENTS are told apart; when there are more, the oldest becomes part of `closed`,
   *   and points with its start or an older one are late from then on.
   */
  private static final int MAX_SEGMENTS = 4;

  private final List<Segment> segments = new ArrayList<>(1);
  private double closed;
  private long closedUpTo = Long.MIN_VALUE;
  private double gain;

  /// Applies a point.
  ///
  /// @return what it was; when it is [Verdict#FIRST] or [Verdict#GREW], [#gain] says how much the
  ///   total grew
  Verdict apply(long startNanos, long timeNanos, double value) {
    for (Segment segment : segments) {
      if (segment.start == startNanos) {
        return segment.isOlderThan(timeNanos) ? grow(segment, timeNanos, value) : Verdict.DUPLICATE;
      }
    }
    if (startNanos <= closedUpTo) {
      return Verdict.LATE;
    }
    boolean first = segments.isEmpty();
    gain = value;
    segments.add(new Segment(startNanos, timeNanos, value));
    if (segments.size() > MAX_SEGMENTS) {
      closeOldest();
    }
    return first ? Verdict.FIRST : Verdict.GREW;
  }

  double gain() {
    return gain;
  }

  double total() {
    double total = closed;
    for (Segment segment : segments) {
      total += segment.offset + segment.value;
    }
    return total;
  }

  private Verdict grow(Segment segment, long timeNanos, double value) {
    if (value < segment.value) {
      segment.offset += segment.value;
      gain = value;
    } else {
      gain = value - segment.value;
    }
    segment.time = timeNanos;
    segment.value = value;
    return gain > 0 ? Verdict.GREW : Verdict.SAME;
  }

  private void closeOldest() {
    Segment oldest = segments.getFirst();
    for (Segment segment : segments) {
      oldest = segment.start < oldest.start ? segment : oldest;
    }
    segments.remove(oldest);
    closed += oldest.offset + oldest.value;
    closedUpTo = Math.max(closedUpTo, oldest.start);
  }

  private static final class Segment {
    private final long start;
    private long time;
    private double value;
    private double offset;

    private Segment(long start, long time, double value) {
      this.start = start;
      this.time = time;
      this.value = value;
    }

    private boolean isOlderThan(long timeNanos) {
      return time < timeNanos;
    }
  }
}
