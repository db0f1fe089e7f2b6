package dev.otelscope.probe.emission;

import java.time.Duration;
import java.util.Optional;

/// Decides when a round takes place, and what must go with it. After a failure the next round holds
/// everything; as long as failures go on, rounds become rarer.
final class Rounds {
  private static final long REFRESH_NANOS = Duration.ofSeconds(30).toNanos();
  private static final long LONGEST_PAUSE_NANOS = Duration.ofSeconds(8).toNanos();

  private final long intervalNanos;
  private long previousNanos;
  private boolean previousMade;
  private int failures;

  /// @param startNanos since 1970; where the series of the first round began
  Rounds(long startNanos, Duration interval) {
    this.previousNanos = startNanos;
    this.intervalNanos = interval.toNanos();
  }

  /// The round of this moment; empty while a receiver that fails is left alone.
  ///
  /// @param previousFailed whether something of the last round has not arrived
  Optional<Round> next(long nowNanos, boolean previousFailed) {
    if (previousMade) {
      failures = previousFailed ? failures + 1 : 0;
      previousMade = false;
    }
    if (failures > 1 && nowNanos - previousNanos < pause()) {
      return Optional.empty();
    }
    return Optional.of(make(nowNanos));
  }

  /// A round at once, whatever happened to the last.
  Round last(long nowNanos, boolean previousFailed) {
    failures = previousFailed ? Math.max(1, failures) : failures;
    return make(nowNanos);
  }

  private Round make(long nowNanos) {
    long now = Math.max(nowNanos, previousNanos + 1);
    Round round =
        new Round(
            now, previousNanos, failures == 0, failures > 0, now - REFRESH_NANOS + intervalNanos);
    previousNanos = now;
    previousMade = true;
    return round;
  }

  private long pause() {
    // Half an interval early, so that a timer that is a little early does not cost a whole one.
    long pause = intervalNanos << Math.min(failures - 1, 16);
    return Math.min(pause, LONGEST_PAUSE_NANOS) - intervalNanos / 2;
  }
}
