package dev.otelscope.otlp;

/// A point of a histogram of any kind, as far as a topology needs it.
public interface DistributionPointView {

  /// Nanoseconds since 1970, 0 when not said.
  long startTimeNanos();

  /// Nanoseconds since 1970, 0 when not said.
  long timeNanos();

  boolean hasNoValue();

  long count();

  /// NaN when not said.
  double sum();

  AttributesView attributes();
}
