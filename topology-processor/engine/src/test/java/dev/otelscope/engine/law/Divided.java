package dev.otelscope.engine.law;

import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.engine.law.World.Pair;
import dev.otelscope.engine.law.World.Program;
import dev.otelscope.engine.law.World.Traffic;
import dev.otelscope.model.Edge;
import dev.otelscope.model.EdgeKey;
import dev.otelscope.model.GraphSnapshot;
import dev.otelscope.model.Pairing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What must be true where the connections of a client with workers that share a port are divided
/// among these: who talks with whom is never made up, the sum is what the client counted, and no
/// part of it ever shrinks.
final class Divided {
  private Map<EdgeKey, Edge> before = Map.of();

  /// Compares a graph with the last one.
  void follow(GraphSnapshot graph) {
    graph
        .edges()
        .forEach((key, edge) -> {
          Edge earlier = before.get(key);
          if (earlier != null
              && earlier.firstSeen().equals(edge.firstSeen())
              && earlier.pairing() == Pairing.ESTIMATED
              && edge.pairing() == Pairing.ESTIMATED) {
            assertThat(edge.totals().opened())
                .as("opened of %s", key)
                .isGreaterThanOrEqualTo(earlier.totals().opened());
            assertThat(edge.totals().bytesSent())
                .as("sent of %s", key)
                .isGreaterThanOrEqualTo(earlier.totals().bytesSent());
          }
        });
    before = Map.copyOf(graph.edges());
  }

  /// Compares the settled graph with the truth.
  void compare(GraphSnapshot graph, World world) {
    Map<Program, List<Pair>> byClient =
        world.truth().keySet().stream()
            .collect(Collectors.groupingBy(Pair::client, LinkedHashMap::new, Collectors.toList()));
    byClient.forEach((client, pairs) ->
        pairs.stream()
            .collect(Collectors.groupingBy(pair -> pair.server().host()))
            .forEach((host, ofHost) -> compare(graph, world, client, host, ofHost)));
    assertThat(graph.edges().values())
        .as("some are divided, or certain")
        .anyMatch(edge -> edge.pairing() != Pairing.AMBIGUOUS);
  }

  private static void compare(
      GraphSnapshot graph, World world, Program client, String host, List<Pair> pairs) {
    List<Edge> edges = new ArrayList<>();
    for (Edge edge : graph.edges().values()) {
      if (edge.key().client().equals(client.id()) && edge.key().server().value(0).equals(host)) {
        edges.add(edge);
      }
    }
    Traffic truth = new Traffic();
    for (Pair pair : pairs) {
      Traffic part = world.truth().get(pair);
      if (part != null) {
        truth.opened += part.opened;
        truth.failed += part.failed;
        truth.sent += part.sent;
        truth.received += part.received;
        truth.active += part.active;
      }
    }
    if (truth.active == 0) {
      return; // a client that has ended: its edges may be gone by now, one by one
    }
    String of = client + " with " + host;
    Set<Object> talkedTo =
        pairs.stream().map(pair -> pair.server().id()).collect(Collectors.toSet());
    Set<Object> shown = edges.stream().map(edge -> edge.key().server()).collect(Collectors.toSet());
    boolean known = edges.stream().noneMatch(edge -> edge.pairing() == Pairing.AMBIGUOUS);
    if (known) {
      assertThat(talkedTo).as("servers of %s", of).containsAll(shown);
    }
    assertThat(edges.stream().mapToLong(Edge::active).sum())
        .as("active of %s", of)
        .isEqualTo(truth.active);
    boolean all = !known || shown.equals(talkedTo);
    same(
        all,
        edges.stream().mapToDouble(edge -> edge.totals().opened()).sum(),
        truth.opened,
        "opened of " + of);
    same(
        all,
        edges.stream().mapToDouble(edge -> edge.totals().failed()).sum(),
        truth.failed,
        "failed of " + of);
    same(
        all,
        edges.stream().mapToDouble(edge -> edge.totals().bytesSent()).sum(),
        truth.sent,
        "sent of " + of);
    same(
        all,
        edges.stream().mapToDouble(edge -> edge.totals().bytesReceived()).sum(),
        truth.received,
        "received of " + of);
  }

  /// The sum is exact where every server is on the map, and lacks those that are not.
  private static void same(boolean all, double shown, long truth, String what) {
    if (all) {
      assertThat(shown).as(what).isEqualTo((double) truth);
    } else {
      assertThat(shown).as(what).isLessThanOrEqualTo((double) truth);
    }
  }
}
