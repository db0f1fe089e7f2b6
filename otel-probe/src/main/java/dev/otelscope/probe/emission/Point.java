package dev.otelscope.probe.emission;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.PointData;

/// A point that lives as long as its series, and is sent again and again with new values. It only
/// changes while a round is put together: while one is being exported, it holds still.
abstract class Point implements PointData {
  private static final long NEVER = Long.MIN_VALUE;

  private final Attributes attributes;
  private final long startNanos;
  private long sentNanos = NEVER;

  /// @param startNanos since 1970; before the first point
  Point(Attributes attributes, long startNanos) {
    this.attributes = attributes;
    this.startNanos = startNanos;
  }

  /// Whether this round is to carry it; if so it is stamped with the time of the round.
  final boolean isDue(boolean changed, Round round) {
    boolean due =
        changed
            || sentNanos == NEVER
            || round.everything()
            || sentNanos < round.refreshBeforeNanos();
    if (due) {
      sentNanos = round.nowNanos();
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
