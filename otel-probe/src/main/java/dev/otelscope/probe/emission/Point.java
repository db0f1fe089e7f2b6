package dev.otelscope.probe.emission;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.PointData;

/// A point that lives as long as its series, and is sent again and again with new values. It only
/// changes while a round is put together: while one is being exported, it holds still.
abstract class Point implements PointData {
  /*
   * Deltas
   *   A point of a metric that is sent as deltas covers the time since the end of the last one that
   *   arrived, and what came in that time. One that did not arrive moves neither, so the next one
   *   carries both stretches:
   *
   *     |--3--|  arrived
   *           |--2--|  failed
   *           |-----7-----|  arrived: the 2 and 5 more
   *                       |--0--|
   *
   *   A counter that the kernel keeps may be older than the probe: what it counted before its first
   *   round is nobody's delta.
   */
  private static final long NEVER = Long.MIN_VALUE;

  private final Attributes attributes;
  private long startNanos;
  private long sentNanos = NEVER;
  private boolean begun;
  private boolean arrived;
  private boolean changedSinceSent;

  /// @param startNanos since 1970; before the first point
  Point(Attributes attributes, long startNanos) {
    this.attributes = attributes;
    this.startNanos = startNanos;
  }

  /// What was sent last has arrived. Told before the next round begins.
  final void arrive() {
    arrived = true;
  }

  /// Whether what is counted until now is only where deltas begin.
  final boolean isOrigin(Round round, ProbeMetric metric) {
    if (begun) {
      return false;
    }
    begun = true;
    boolean origin = metric.kind().isObserved() && round.temporality().isDelta(metric.kind());
    if (origin) {
      startNanos = round.nowNanos();
    }
    return origin;
  }

  /// Comes before this round's value is taken: of a delta that arrived, the next one begins where
  /// it ended.
  final void settle(Round round, ProbeMetric metric) {
    if (arrived && round.temporality().isDelta(metric.kind())) {
      startNanos = sentNanos;
      beginAgain();
    }
    arrived = false;
  }

  /// From now on says only what is added to the present value.
  abstract void beginAgain();

  /// Whether this round is to carry it; if so it is stamped with the time of the round.
  final boolean isDue(boolean changed, Round round) {
    return isDue(changed, 0, round);
  }

  /// Whether this round is to carry it; if so it is stamped with the time of the round.
  ///
  /// @param apartNanos how long a change waits at least after what was sent last
  final boolean isDue(boolean changed, long apartNanos, Round round) {
    changedSinceSent |= changed;
    boolean due =
        sentNanos == NEVER
            || (changedSinceSent && round.nowNanos() - sentNanos >= apartNanos)
            || round.everything()
            || sentNanos < round.refreshBeforeNanos();
    if (due) {
      sentNanos = round.nowNanos();
      changedSinceSent = false;
    }
    return due;
  }

  /// Whether this round is to carry it once more although nothing changed: not if it does already,
  /// or if it was never sent.
  final boolean isRepeatable(Round round) {
    if (sentNanos == NEVER || sentNanos == round.nowNanos()) {
      return false;
    }
    sentNanos = round.nowNanos();
    return true;
  }

  @Override
  public final long getStartEpochNanos() {
    return startNanos;
  }

  @Override
  public final long getEpochNanos() {
    return sentNanos;
  }

  @Override
  public final Attributes getAttributes() {
    return attributes;
  }
}
