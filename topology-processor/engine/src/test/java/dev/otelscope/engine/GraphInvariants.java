package dev.otelscope.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.model.Edge;
import dev.otelscope.model.GraphSnapshot;
import java.util.stream.DoubleStream;

/// Law 4: what must be true of every snapshot.
public final class GraphInvariants {
  private GraphInvariants() {}

  public static void check(GraphSnapshot graph) {
    graph
        .entities()
        .forEach((id, entity) -> assertThat(entity.id()).as("index of entities").isEqualTo(id));
    graph
        .edges()
        .forEach((key, edge) -> {
          assertThat(edge.key()).as("index of edges").isEqualTo(key);
          assertThat(graph.entities()).as("ends of %s", key).containsKey(key.client());
          assertThat(graph.entities()).as("ends of %s", key).containsKey(key.server());
          assertThat(edge.active()).as("active of %s", key).isNotNegative();
          assertThat(amounts(edge)).as("figures of %s", key).allMatch(amount -> amount >= 0);
        });
    graph.coverage().forEach((key, coverage) -> assertThat(coverage.key()).isEqualTo(key));
  }

  private static DoubleStream amounts(Edge edge) {
    return DoubleStream.of(
        edge.totals().opened(),
        edge.totals().failed(),
        edge.totals().reset(),
        edge.totals().bytesSent(),
        edge.totals().bytesReceived(),
        edge.totals().retransmits(),
        edge.rates().opened(),
        edge.rates().failed(),
        edge.rates().bytesSent(),
        edge.rates().bytesReceived());
  }
}
