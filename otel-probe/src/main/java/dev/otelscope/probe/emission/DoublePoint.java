package dev.otelscope.probe.emission;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.DoubleExemplarData;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import java.util.List;

/// A [Point] of a metric whose numbers have fractions.
final class DoublePoint extends Point implements DoublePointData {
  private double value;

  DoublePoint(Attributes attributes, long startNanos) {
    super(attributes, startNanos);
  }

  /// Takes the present value and joins the round when that is due.
  void offer(double present, Round round, EntityBlock entity, ProbeMetric metric) {
    boolean changed = present != value;
    value = present;
    if (isDue(changed, round)) {
      entity.add(metric, this);
    }
  }

  @Override
  public double getValue() {
    return value;
  }

  @Override
  public List<DoubleExemplarData> getExemplars() {
    return List.of();
  }
}
