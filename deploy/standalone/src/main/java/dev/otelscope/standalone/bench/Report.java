package dev.otelscope.standalone.bench;

import static java.util.Objects.requireNonNull;

import dev.otelscope.standalone.bench.ProbeBenchCommand.Measurement;
import java.time.Duration;
import java.util.List;
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

  /// Prints what the load costs the probe beside what it may cost.
  static void print(Target target, Measurement idle, Measurement busy) {
    double cpu = cpuPercent(busy, "probe") - cpuPercent(idle, "probe");
    double resident = megabytes(requireNonNull(busy.after().get("probe"), "probe").residentKib());
    System.out.printf(
        "%nThe probe: %.1f %% of one core more than idle (at most %.0f %%: %s), %.0f MB resident"
            + " (at most %.0f MB: %s).%n",
        cpu,
        target.cpuPercent(),
        cpu <= target.cpuPercent() ? "met" : "missed",
        resident,
        target.residentMegabytes(),
        resident <= target.residentMegabytes() ? "met" : "missed");
  }

  /// Prints how long new connections took to appear.
  static void print(Duration... delays) {
    if (delays.length == 0) {
      return;
    }
    List<Duration> sorted = Stream.of(delays).sorted().toList();
    System.out.printf(
        "A new connection was on the map after %.2f s (median of %d; 99th percentile %.2f s,"
            + " longest %.2f s).%n",
        seconds(sorted.get(sorted.size() / 2)),
        sorted.size(),
        seconds(sorted.get((sorted.size() * 99 - 1) / 100)),
        seconds(sorted.getLast()));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
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
