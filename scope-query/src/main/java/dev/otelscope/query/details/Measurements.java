package dev.otelscope.query.details;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.otelscope.model.Entity;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.Measurement;
import dev.otelscope.model.MetricNames;
import dev.otelscope.query.details.RecentPoints.Metric;
import dev.otelscope.query.details.RecentPoints.Point;
import dev.otelscope.query.json.Json;
import dev.otelscope.views.ViewNode;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// What a node's entities use: processor time and memory with their last minute, then, of one
/// entity alone, everything else that is measured of it.
final class Measurements {
  private static final Set<String> IN_METRICS =
      Set.of(
          MetricNames.PROCESS_CPU_TIME,
          MetricNames.CONTAINER_CPU_TIME,
          MetricNames.SYSTEM_CPU_TIME,
          MetricNames.PROCESS_MEMORY_USAGE,
          MetricNames.CONTAINER_MEMORY_USAGE,
          MetricNames.SYSTEM_MEMORY_USAGE);

  private static final Set<String> CPU_LIMITS = Set.of(MetricNames.CONTAINER_CPU_LIMIT);
  private static final Set<String> MEMORY_LIMITS =
      Set.of(MetricNames.CONTAINER_MEMORY_LIMIT, MetricNames.SYSTEM_MEMORY_LIMIT);

  private Measurements() {}

  /// The field `measurements`.
  static void write(
      JsonGenerator json, ViewNode node, Collection<Entity> entities, RecentPoints points)
      throws IOException {
    json.writeArrayFieldStart("measurements");
    if (!node.pseudo()) {
      List<EntityId> ids = entities.stream().map(Entity::id).toList();
      Double cpu = node.metrics().get("cpu");
      if (cpu != null) {
        double limit = limit(entities, CPU_LIMITS);
        measurement(json, "cpu", "CPU", "{cpu}", cpu, limit, points.usage(ids, Metric.CPU));
      }
      Double memory = node.metrics().get("memory");
      if (memory != null) {
        double limit = limit(entities, MEMORY_LIMITS);
        measurement(
            json, "memory", "Memory", "By", memory, limit, points.usage(ids, Metric.MEMORY));
      }
      if (entities.size() == 1) {
        others(json, node, entities.iterator().next());
      }
    }
    json.writeEndArray();
  }

  private static double limit(Collection<Entity> entities, Set<String> metrics) {
    return entities.size() != 1
        ? Double.NaN
        : entities.iterator().next().measurements().values().stream()
            .filter(measurement -> metrics.contains(measurement.metric()))
            .mapToDouble(Measurement::value)
            .findFirst()
            .orElse(Double.NaN);
  }

  private static void others(JsonGenerator json, ViewNode node, Entity entity) throws IOException {
    for (Measurement other : new TreeMap<>(entity.measurements()).values()) {
      if (!isSaid(other.metric(), node)) {
        measurement(
            json,
            other.key(),
            MeasurementLabels.text(other),
            MeasurementLabels.unit(other),
            other.shown(),
            Double.NaN,
            List.of());
      }
    }
  }

  /// Whether it is said otherwise: what is used, what of that is allowed, and the state.
  private static boolean isSaid(String metric, ViewNode node) {
    return IN_METRICS.contains(metric)
        || metric.equals(MetricNames.CONTAINER_STATE)
        || (CPU_LIMITS.contains(metric) && node.metrics().containsKey("cpu"))
        || (MEMORY_LIMITS.contains(metric) && node.metrics().containsKey("memory"));
  }

  private static void measurement(
      JsonGenerator json,
      String id,
      String label,
      String unit,
      double value,
      double limit,
      List<Point> points)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("id", id);
    json.writeStringField("label", label);
    json.writeStringField("unit", unit);
    Json.number(json, "value", value);
    Json.number(json, "limit", limit);
    points(json, points);
    json.writeEndObject();
  }

  /// The field `points`.
  static void points(JsonGenerator json, List<Point> points) throws IOException {
    json.writeArrayFieldStart("points");
    for (Point point : points) {
      json.writeStartArray();
      json.writeString(point.time().toString());
      json.writeNumber(point.value());
      json.writeEndArray();
    }
    json.writeEndArray();
  }
}
