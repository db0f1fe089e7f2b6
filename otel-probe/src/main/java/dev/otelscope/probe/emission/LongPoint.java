package dev.otelscope.probe.emission;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.LongExemplarData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import java.util.List;

/// A [Point] of a metric whose numbers are integers.
final class LongPoint extends Point implements LongPointData {
  private long value;
  private long base; // what deltas have said already

  LongPoint(Attributes attributes, long startNanos) {
    super(attributes, startNanos);
  }

  /// Takes the present value and joins the round when that is due.
  void offer(long present, Round round, EntityBlock entity, ProbeMetric metric) {
    settle(round, metric);
    boolean changed = present != value;
    value = present;
    if (isOrigin(round, metric)) {
      beginAgain();
    } else if (isDue(changed, round)) {
      entity.add(metric, this, round);
    }
  }

  /// Joins the round with the value that it has.
  void repeat(Round round, EntityBlock entity, ProbeMetric metric) {
    settle(round, metric);
    if (isRepeatable(round)) {
      entity.add(metric, this, round);
    }
  }

  @Override
  void beginAgain() {
    base = value;
  }

  @Override
  public long getValue() {
    return value - base;
  }

  @Override
  public List<LongExemplarData> getExemplars() {
    return List.of();
  }
}
