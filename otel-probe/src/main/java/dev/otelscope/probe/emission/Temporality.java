package dev.otelscope.probe.emission;

import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import java.util.EnumSet;
import java.util.Set;

/// Says which metrics are sent as deltas. The exporter decides by the type of instrument; a
/// producer, which has no instruments, has to ask it.
final class Temporality {
  private final Set<ProbeMetric.Kind> deltas = EnumSet.noneOf(ProbeMetric.Kind.class);

  private Temporality() {}

  static Temporality preferredBy(MetricExporter exporter) {
    Temporality temporality = new Temporality();
    for (ProbeMetric.Kind kind : ProbeMetric.Kind.values()) {
      if (kind.isSum()
          && exporter.getAggregationTemporality(kind.instrument())
              == AggregationTemporality.DELTA) {
        temporality.deltas.add(kind);
      }
    }
    return temporality;
  }

  /// Whether points of such metrics say what came since the last one that arrived.
  boolean isDelta(ProbeMetric.Kind kind) {
    return deltas.contains(kind);
  }

  /// What a metric of this kind says it is.
  ///
  /// @throws IllegalArgumentException when it is a gauge
  AggregationTemporality of(ProbeMetric.Kind kind) {
    if (!kind.isSum()) {
      throw new IllegalArgumentException("a gauge has no temporality");
    }
    return isDelta(kind) ? AggregationTemporality.DELTA : AggregationTemporality.CUMULATIVE;
  }
}
