package dev.otelscope.engine.observation;

/// A number with the time that it covers.
///
/// @param kind what the value means with regard to that time
/// @param startNanos since 1970, 0 when not said
/// @param timeNanos since 1970
public record Reading(Kind kind, long startNanos, long timeNanos, double value) {

  public enum Kind {
    /// The value at that time.
    LATEST,
    /// What came together from start to time; the next one has the same start.
    CUMULATIVE,
    /// What came together from start to time; the next one starts where this one ends.
    DELTA
  }
}
