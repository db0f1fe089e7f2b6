package dev.otelscope.engine.entity;

import dev.otelscope.engine.observation.Observation.Subject;
import dev.otelscope.engine.observation.Reading;
import dev.otelscope.engine.observation.Reading.Kind;
import dev.otelscope.model.Measurement;
import java.time.Instant;

/// The last value of one metric of an entity, and how fast it grows. Not thread-safe.
final class MeasurementFold {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Subject subject;
  private long start;
  private long time = Long.MIN_VALUE;
  private double value;
  private double rate = Double.NaN;

  MeasurementFold(Subject subject) {
    this.subject = subject;
  }

  /// Applies a point.
  ///
  /// @return whether it is newer than what was known
  boolean apply(Reading reading) {
    if (reading.timeNanos() <= time) {
      return false;
    }
    if (reading.kind() == Kind.DELTA) {
      double seconds = (reading.timeNanos() - reading.startNanos()) / NANOS_PER_SECOND;
      rate =
          subject.monotonic() && reading.startNanos() != 0 ? reading.value() / seconds : Double.NaN;
      value += reading.value();
    } else {
      boolean continues =
          time != Long.MIN_VALUE && start == reading.startNanos() && reading.value() >= value;
      double seconds = (reading.timeNanos() - time) / NANOS_PER_SECOND;
      rate = subject.monotonic() && continues ? (reading.value() - value) / seconds : Double.NaN;
      value = reading.value();
    }
    start = reading.startNanos();
    time = reading.timeNanos();
    return true;
  }

  Measurement measurement() {
    Instant at =
        Instant.ofEpochSecond(
            Math.floorDiv(time, 1_000_000_000), Math.floorMod(time, 1_000_000_000));
    return new Measurement(subject.metric(), subject.attributes(), subject.unit(), value, rate, at);
  }
}
