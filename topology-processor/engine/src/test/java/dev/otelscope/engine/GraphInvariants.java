package dev.otelscope.engine;

import dev.otelscope.model.Edge;
import dev.otelscope.model.GraphSnapshot;
import dev.otelscope.model.Traffic;

/// Law 4: what must be true of every snapshot.
public final class GraphInvariants {
  private GraphInvariants() {}

  public static void check(GraphSnapshot graph) {
    graph
        .entities()
        .forEach((id, entity) -> require(entity.id().equals(id), "indexed as " + id, entity));
    graph
        .edges()
        .forEach((key, edge) -> {
          require(edge.key().equals(key), "indexed by its key", edge);
          require(graph.entities().containsKey(key.client()), "its client is there", edge);
          require(graph.entities().containsKey(key.server()), "its server is there", edge);
          check(edge);
        });
    graph
        .coverage()
        .forEach(
            (key, coverage) -> require(coverage.key().equals(key), "indexed by its key", coverage));
  }

  private static void check(Edge edge) {
    require(edge.active() >= 0, "active is not negative", edge);
    require(isNotNegative(edge.totals()), "totals are not negative", edge);
    require(isNotNegative(edge.rates()), "rates are not negative", edge);
  }

  private static boolean isNotNegative(Traffic traffic) {
    return traffic.opened() >= 0
        && traffic.failed() >= 0
        && traffic.reset() >= 0
        && traffic.bytesSent() >= 0
        && traffic.bytesReceived() >= 0
        && traffic.retransmits() >= 0;
  }

  private static void require(boolean condition, String what, Object of) {
    if (!condition) {
      throw new AssertionError("expected of " + of + ": " + what);
    }
  }
}
