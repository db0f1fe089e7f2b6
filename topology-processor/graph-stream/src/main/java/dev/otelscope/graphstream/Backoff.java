package dev.otelscope.graphstream;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before trying again: twice as long after each failure up to a maximum, and
/// between half of it and the whole by chance, so that many clients do not come at once. Not
/// thread-safe.
final class Backoff {
  private final Duration shortest;
  private final Duration longest;
  private final RandomGenerator random;
  private Duration next;

  Backoff(Duration shortest, Duration longest, RandomGenerator random) {
    this.shortest = shortest;
    this.longest = longest;
    this.random = random;
    next = shortest;
  }

  Duration next() {
    Duration delay = next;
    next = delay.multipliedBy(2).compareTo(longest) < 0 ? delay.multipliedBy(2) : longest;
    return Duration.ofNanos(random.nextLong(delay.toNanos() / 2, delay.toNanos() + 1));
  }

  /// It works again.
  void reset() {
    next = shortest;
  }
}
