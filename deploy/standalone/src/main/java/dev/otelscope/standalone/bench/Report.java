package dev.otelscope.standalone.bench;

import static java.util.Objects.requireNonNull;

import dev.otelscope.standalone.bench.ProbeBenchCommand.Measurement;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/// Prints two measurements beside each other, as a table that Markdown understands.
final class Report {
  private Report() {}

  static void print(Measurement idle, Measurement busy) {
    System.out.println("| | CPU idle | CPU busy | RSS | PSS |");
    System.out.println("|---|---:|---:|---:|---:|");
    for (Map.Entry<String, Usage> part : busy.after().entrySet()) {
      Usage usage = part.getValue();
      System.out.printf(
          "| %s | %.1f %% | %.1f %% | %.0f MB | %.0f MB |%n",
          part.getKey(),
          cpuPercent(idle, part.getKey()),
          cpuPercent(busy, part.getKey()),
          megabytes(usage.residentKib()),
          megabytes(usage.proportionalKib()));
    }
    System.out.printf(
        "%nOTLP on the wire: %,.0f bytes/s idle, %,.0f bytes/s busy. "
            + "Updates of the map: %.1f/s idle, %.1f/s busy.%n",
        idle.otlpBytes() / idle.seconds(),
        busy.otlpBytes() / busy.seconds(),
        idle.mapUpdates() / idle.seconds(),
        busy.mapUpdates() / busy.seconds());
  }

  /// Prints how long new connections took to appear.
  static void print(Duration... delays) {
    System.out.printf(
        "A new connection was on the map after %.1f s (mean of %d; longest %.1f s).%n",
        Stream.of(delays).mapToLong(Duration::toMillis).average().orElse(0) / 1000,
        delays.length,
        Stream.of(delays).mapToLong(Duration::toMillis).max().orElse(0) / 1000.0);
  }

  private static double cpuPercent(Measurement measurement, String part) {
    Usage before = requireNonNull(measurement.before().get(part), part);
    return requireNonNull(measurement.after().get(part), part)
        .cpuPercentSince(before, measurement.seconds());
  }

  private static double megabytes(long kib) {
    return kib * 1024 / 1e6;
  }
}
