package dev.otelscope.otlp;

/// What the points of a metric have in common.
public interface MetricView {

  TextView name();

  /// UCUM
  TextView unit();

  Kind kind();

  Temporality temporality();

  /// Of a sum; false for any other kind.
  boolean isMonotonic();

  enum Kind {
    GAUGE,
    SUM,
    HISTOGRAM,
    EXPONENTIAL_HISTOGRAM,
    SUMMARY
  }

  enum Temporality {
    /// Not said, or of a kind that has none.
    UNSPECIFIED,
    DELTA,
    CUMULATIVE
  }
}
