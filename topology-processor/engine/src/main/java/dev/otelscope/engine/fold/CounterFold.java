package dev.otelscope.engine.fold;

import dev.otelscope.engine.observation.Reading;
import org.jspecify.annotations.Nullable;

/// Total and rate of one counter of a series, whichever temporality its points have. Not
/// thread-safe.
public final class CounterFold {
  private @Nullable CumulativeFold cumulative;
  private @Nullable DeltaFold delta;
  private @Nullable RateWindow window;

  /// Applies a point.
  ///
  /// @param second of our clock in which it was made
  public Verdict apply(Reading reading, long second) {
    if (reading.kind() == Reading.Kind.DELTA) {
      if (delta == null) {
        delta = new DeltaFold();
      }
      Verdict verdict = delta.apply(reading.startNanos(), reading.timeNanos(), reading.value());
      return noteGain(verdict, second, reading.value());
    }
    if (cumulative == null) {
      cumulative = new CumulativeFold();
    }
    Verdict verdict = cumulative.apply(reading.startNanos(), reading.timeNanos(), reading.value());
    return noteGain(verdict, second, cumulative.gain());
  }

  public double total() {
    return (cumulative == null ? 0 : cumulative.total()) + (delta == null ? 0 : delta.total());
  }

  /// Per second, over the last [RateWindow#SECONDS].
  public double rate(long nowSecond) {
    if (window == null) {
      return 0;
    }
    double rate = window.rate(nowSecond);
    if (rate == 0) {
      window = null; // most series are quiet most of the time
    }
    return rate;
  }

  private Verdict noteGain(Verdict verdict, long second, double gain) {
    if (verdict == Verdict.GREW) {
      if (window == null) {
        window = new RateWindow();
      }
      window.add(second, gain);
    }
    return verdict;
  }
}
