package dev.otelscope.probe.emission;

import java.time.Instant;

/// Times as OTLP writes them: nanoseconds since 1970.
final class Nanos {
  private Nanos() {}

  static long of(Instant time) {
    return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
  }
}
