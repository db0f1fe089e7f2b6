package dev.otelscope.engine.dialect;

import dev.otelscope.engine.observation.Reading;
import dev.otelscope.engine.observation.Reading.Kind;
import dev.otelscope.otlp.MetricView;
import dev.otelscope.otlp.MetricView.Temporality;
import dev.otelscope.otlp.NumberPointView;

/// What numbers of points mean with regard to time.
final class Readings {
  private Readings() {}

  /// A sum of unspecified temporality is taken for cumulative, as backends do.
  static Kind kind(MetricView metric) {
    return switch (metric.kind()) {
      case SUM -> metric.temporality() == Temporality.DELTA ? Kind.DELTA : Kind.CUMULATIVE;
      case GAUGE, HISTOGRAM, EXPONENTIAL_HISTOGRAM, SUMMARY -> Kind.LATEST;
    };
  }

  static Reading of(Kind kind, NumberPointView point) {
    double value = point.isDecimal() ? point.decimal() : point.whole();
    return new Reading(kind, point.startTimeNanos(), point.timeNanos(), value);
  }
}
