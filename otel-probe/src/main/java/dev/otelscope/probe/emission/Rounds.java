package dev.otelscope.probe.emission;

import java.time.Duration;
import java.util.Optional;

/// Decides when a round takes place, and what must go with it. After a failure the next round holds
/// everything; as long as failures go on, rounds become rarer, or wait as long as the receiver
/// asks.
final class Rounds {
  private static final long REFRESH_NANOS = Duration.ofSeconds(30).toNanos();
  private static final long LONGEST_PAUSE_NANOS = Duration.ofSeconds(8).toNanos();

  /// A receiver that asks for more is asked again all the same.
  static final Duration LONGEST_REST = Duration.ofMinutes(5);

  /// What became of the round before.
  ///
  /// @param failed whether something of it has not arrived
  /// @param rest how long the receiver wants to be left alone
  record Outcome(boolean failed, Duration rest) {
    static final Outcome ARRIVED = new Outcome(false, Duration.ZERO);
    static final Outcome FAILED = new Outcome(true, Duration.ZERO);
  }

  private final long intervalNanos;
  private final Temporality temporality;
  private long previousNanos;
  private boolean previousMade;
  private int failures;
  private long restNanos;

  /// @param startNanos since 1970; where the series of the first round began
  Rounds(long startNanos, Duration interval, Temporality temporality) {
    this.previousNanos = startNanos;
    this.intervalNanos = interval.toNanos();
    this.temporality = temporality;
  }

  /// The round of this moment; empty while a receiver that fails is left alone.
  ///
  /// @param previous of the last round that there was
  Optional<Round> next(long nowNanos, Outcome previous) {
    if (previousMade) {
      failures = previous.failed() ? failures + 1 : 0;
      restNanos = Math.min(previous.rest().toNanos(), LONGEST_REST.toNanos());
      previousMade = false;
    }
    if (nowNanos - previousNanos < pause()) {
      return Optional.empty();
    }
    return Optional.of(make(nowNanos, failures > 0));
  }

  /// A round at once, whatever happened to the last. It holds everything, since no other one
  /// follows for what would have waited a little.
  Round last(long nowNanos, Outcome previous) {
    failures = previous.failed() ? Math.max(1, failures) : failures;
    return make(nowNanos, true);
  }

  private Round make(long nowNanos, boolean everything) {
    long now = Math.max(nowNanos, previousNanos + 1);
    Round round =
        new Round(
            now,
            previousNanos,
            failures == 0,
            everything,
            now - REFRESH_NANOS + intervalNanos,
            temporality);
    previousNanos = now;
    previousMade = true;
    return round;
  }

  /// Since the last round; negative when there is none to make.
  private long pause() {
    if (failures == 0 || (failures == 1 && restNanos == 0)) {
      return Long.MIN_VALUE;
    }
    // Half an interval early, so that a timer that is a little early does not cost a whole one.
    long pause = Math.min(intervalNanos << Math.min(failures - 1, 16), LONGEST_PAUSE_NANOS);
    return Math.max(pause - intervalNanos / 2, restNanos);
  }
}
