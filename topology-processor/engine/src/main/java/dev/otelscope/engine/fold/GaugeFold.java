package dev.otelscope.engine.fold;

import dev.otelscope.engine.observation.Reading;

/// The last value of something that rises and falls. Of two series that overlap (a probe and the
/// one that takes over from it), the one that started last is right. Not thread-safe.
public final class GaugeFold {
  private long start = Long.MIN_VALUE;
  private long time = Long.MIN_VALUE;
  private double value;

  public Verdict apply(Reading reading) {
    boolean first = time == Long.MIN_VALUE;
    long readingStart = reading.startNanos();
    if (readingStart < start || readingStart == start && reading.timeNanos() <= time) {
      return Verdict.DUPLICATE;
    }
    boolean same = !first && value == reading.value();
    start = readingStart;
    time = reading.timeNanos();
    value = reading.value();
    return first ? Verdict.FIRST : same ? Verdict.SAME : Verdict.GREW;
  }

  public boolean isKnown() {
    return time != Long.MIN_VALUE;
  }

  public double value() {
    return value;
  }
}
