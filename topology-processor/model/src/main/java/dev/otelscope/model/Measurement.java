package dev.otelscope.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// The last value of a metric that an entity has besides its connections.
///
/// @param metric semantic-convention name, such as `process.memory.usage`
/// @param attributes of the point; copied, sorted
/// @param unit UCUM
/// @param value the last value; of a counter: its total
/// @param rate of a monotonic sum: increase per second between the last two points, NaN before
///   there were two; NaN for anything else
/// @param time of the last point
public record Measurement(
    String metric,
    Map<String, String> attributes,
    String unit,
    double value,
    double rate,
    Instant time) {

  public Measurement {
    requireNonNull(metric, "metric");
    requireNonNull(unit, "unit");
    requireNonNull(time, "time");
    attributes = attributes.isEmpty() ? Map.of() : Map.copyOf(attributes);
  }

  /// What tells this measurement from the others of its entity: `metric`, or `metric{key=value,…}`
  /// sorted by key.
  public String key() {
    return attributes.isEmpty() ? metric : metric + new TreeMap<>(attributes);
  }

  /// What a person wants to read: the rate of a counter, the value of anything else.
  public double shown() {
    return Double.isNaN(rate) ? value : rate;
  }
}
