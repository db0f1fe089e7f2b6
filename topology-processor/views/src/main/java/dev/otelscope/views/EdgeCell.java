package dev.otelscope.views;

import dev.otelscope.model.Edge;
import dev.otelscope.model.EdgeKey;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One edge of a view while it is kept current: the graph's edges that it is made of, and their
/// sum.
final class EdgeCell {
  final EdgeId id;
  final Map<EdgeKey, Edge> parts = new HashMap<>();
  private final EdgeSum sum = new EdgeSum();

  /// As of the last change; null before the first.
  @Nullable ViewEdge drawn;

  EdgeCell(EdgeId id) {
    this.id = id;
  }

  void put(Edge edge) {
    remove(edge.key());
    parts.put(edge.key(), edge);
    sum.add(edge);
  }

  void remove(EdgeKey key) {
    Edge before = parts.remove(key);
    if (before != null) {
      sum.remove(before);
    }
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  ViewEdge draw() {
    return sum.between(id);
  }
}
