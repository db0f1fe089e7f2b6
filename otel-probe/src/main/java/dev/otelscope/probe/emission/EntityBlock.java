package dev.otelscope.probe.emission;

import static java.util.Objects.requireNonNull;

import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// One entity with the facts that it is sent with. When these change, another block takes over: for
/// many receivers every attribute of a resource is part of the identity of its series.
final class EntityBlock {
  private final Resource resource;
  private final Map<ProbeMetric, MetricBlock> metrics = new EnumMap<>(ProbeMetric.class);

  EntityBlock(Resource resource) {
    this.resource = requireNonNull(resource, "resource");
  }

  Resource resource() {
    return resource;
  }

  void add(ProbeMetric metric, LongPoint point, Round round) {
    block(metric, round).add(point);
  }

  void add(ProbeMetric metric, DoublePoint point, Round round) {
    block(metric, round).add(point);
  }

  void add(ProbeMetric metric, DurationPoint point, Round round) {
    block(metric, round).add(point);
  }

  private MetricBlock block(ProbeMetric metric, Round round) {
    return metrics.computeIfAbsent(
        metric, absent -> new MetricBlock(resource, absent, round.temporality()));
  }

  /// Takes the points of the last round out.
  void clear() {
    metrics.values().forEach(MetricBlock::clear);
  }

  /// Adds what this round has put in.
  void collectInto(List<MetricData> collected) {
    for (MetricBlock block : metrics.values()) {
      if (block.size() > 0) {
        collected.add(block);
      }
    }
  }
}
