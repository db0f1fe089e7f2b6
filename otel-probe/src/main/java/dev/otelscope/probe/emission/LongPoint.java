package dev.otelscope.probe.emission;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.LongExemplarData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import java.util.List;

/// A [Point] of a metric whose numbers are integers.
final class LongPoint extends Point implements LongPointData {
  private long value;
  private long base; // what deltas have said already
  private List<LongExemplarData> exemplars = List.of();

  LongPoint(Attributes attributes, long startNanos) {
    super(attributes, startNanos);
  }

  /// What stands for the value from now on.
  void setExemplars(List<LongExemplarData> present) {
    exemplars = present;
  }

  /// Takes the present value and joins the round when that is due, or something else about it
  /// changed.
  void offer(
      long present, boolean otherwiseChanged, Round round, EntityBlock entity, ProbeMetric metric) {
    settle(round, metric);
    boolean changed = present != value || otherwiseChanged;
    value = present;
    if (isOrigin(round, metric)) {
      beginAgain();
    } else if (isDue(changed, round)) {
      entity.add(metric, this, round);
    }
  }

  /// Takes the present value and joins the round when that is due.
  void offer(long present, Round round, EntityBlock entity, ProbeMetric metric) {
    offer(present, false, round, entity, metric);
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
    return exemplars;
  }
}
