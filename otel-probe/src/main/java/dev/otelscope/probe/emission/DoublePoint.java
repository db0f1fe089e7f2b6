package dev.otelscope.probe.emission;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.DoubleExemplarData;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import java.util.List;

/// A [Point] of a metric whose numbers have fractions.
final class DoublePoint extends Point implements DoublePointData {
  private double value;
  private double base; // what deltas have said already

  DoublePoint(Attributes attributes, long startNanos) {
    super(attributes, startNanos);
  }

  /// Takes the present value and joins the round when that is due.
  void offer(double present, Round round, EntityBlock entity, ProbeMetric metric) {
    offer(present, 0, round, entity, metric);
  }

  /// Takes the present value and joins the round when that is due.
  ///
  /// @param apartNanos how long a change waits at least after what was sent last
  void offer(double present, long apartNanos, Round round, EntityBlock entity, ProbeMetric metric) {
    settle(round, metric);
    boolean changed = present != value;
    value = present;
    if (isOrigin(round, metric)) {
      beginAgain();
    } else if (isDue(changed, apartNanos, round)) {
      entity.add(metric, this, round);
    }
  }

  @Override
  void beginAgain() {
    base = value;
  }

  @Override
  public double getValue() {
    return value - base;
  }

  @Override
  public List<DoubleExemplarData> getExemplars() {
    return List.of();
  }
}
