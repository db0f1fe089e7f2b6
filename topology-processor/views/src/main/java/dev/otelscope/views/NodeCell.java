package dev.otelscope.views;

import dev.otelscope.model.EntityId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One node of a view while it is kept current. It lives as long as it has members or edges.
final class NodeCell {
  final EntityId id;
  final Members members = new Members();

  /// Edges that begin or end here, also the one to itself.
  final Set<EdgeId> edges = new HashSet<>();

  /// The entities whose connections end here, with the number of the graph's edges of each.
  private final Map<EntityId, Integer> ends = new HashMap<>();

  /// As of the last change; null before the first.
  @Nullable ViewNode drawn;

  NodeCell(EntityId id) {
    this.id = id;
  }

  boolean isEmpty() {
    return members.isEmpty() && edges.isEmpty();
  }

  void addEnd(EntityId entity) {
    ends.merge(entity, 1, Integer::sum);
  }

  void removeEnd(EntityId entity) {
    ends.computeIfPresent(entity, (_, count) -> count == 1 ? null : Integer.valueOf(count - 1));
  }

  Set<EntityId> ends() {
    return ends.keySet();
  }
}
