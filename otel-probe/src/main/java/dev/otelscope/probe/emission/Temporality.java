package dev.otelscope.probe.emission;

import io.opentelemetry.sdk.metrics.data.AggregationTemporality;

/// The one place that decides between cumulative and delta. What a missed export did not carry,
/// cumulative values make up for, so that is what everything is today.
final class Temporality {
  private Temporality() {}

  static AggregationTemporality of(ProbeMetric.Kind kind) {
    return switch (kind) {
      case LONG_COUNTER, DOUBLE_COUNTER, LONG_UP_DOWN, EXPONENTIAL_HISTOGRAM ->
          AggregationTemporality.CUMULATIVE;
      case LONG_GAUGE, DOUBLE_GAUGE ->
          throw new IllegalArgumentException("a gauge has no temporality");
    };
  }
}
