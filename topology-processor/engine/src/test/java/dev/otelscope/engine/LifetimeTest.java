package dev.otelscope.engine;

import static dev.otelscope.engine.ProbeRequest.Connections.client;
import static dev.otelscope.engine.ProbeRequest.Connections.server;
import static dev.otelscope.engine.ProbeRequest.hostId;
import static dev.otelscope.engine.ProbeRequest.processId;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.engine.ProbeRequest.Connections;
import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.Coverage;
import dev.otelscope.model.Edge;
import dev.otelscope.model.Entity;
import dev.otelscope.model.Entity.Relation;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.EntityType;
import dev.otelscope.model.GraphSnapshot;
import dev.otelscope.model.Listener;
import dev.otelscope.model.Measurement;
import dev.otelscope.model.MetricNames;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What begins, ends, falls silent, and takes over.
class LifetimeTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Connections WEB = client("10.0.0.1", "10.0.0.2", 80);
  private static final Connections WEB_SERVED = server("10.0.0.1", "10.0.0.2", 80);

  @RegisterExtension private final EngineRig rig = new EngineRig();
  private final long start = rig.now();

  @Test
  void entitiesSayWhatTheirResourceSaysAndHowTheyStandToEachOther() {
    rig.send(
        new ProbeRequest()
            .process("h1", 20, 10)
            .listener("10.0.0.1", 80, start, start + 1, 1)
            .counter("process.cpu.time", Map.of(), start, start + SECOND, 10)
            .process("h1", 10)
            .active(WEB, start, start + 1, 1));
    rig.send(
        new ProbeRequest()
            .process("h1", 20, 10)
            .counter("process.cpu.time", Map.of(), start, start + 3 * SECOND, 14));

    Entity entity = entity(rig.graph(), 20);
    assertThat(entity.text("process.executable.name")).isEqualTo("program-20");
    assertThat(entity.related(Relation.RUNS_ON)).contains(hostId("h1"));
    assertThat(entity.related(Relation.CHILD_OF)).contains(processId("h1", 10));
    assertThat(entity.listeners()).extracting(Listener::port).containsExactly(80);
    Measurement cpu = requireNonNull(entity.measurements().get("process.cpu.time"));
    assertThat(cpu.value()).isEqualTo(14);
    assertThat(cpu.rate()).isEqualTo(2.0);
  }

  @Test
  void aProcessIsPartOfItsContainerWhichRunsOnItsHost() {
    EntityId container = EntityId.of(EntityType.CONTAINER, "79c1");
    rig.send(
        new ProbeRequest()
            .resource(
                processId("h1", 20),
                Map.of(
                    AttributeNames.SCOPE_HOST_ID,
                    "h1",
                    AttributeNames.PROCESS_PID,
                    20,
                    AttributeNames.PROCESS_START,
                    processId("h1", 20).value(2),
                    AttributeNames.CONTAINER_ID,
                    "79c1"))
            .active(WEB, start, start + 1, 1)
            .resource(
                container,
                Map.of(
                    AttributeNames.SCOPE_HOST_ID, "h1",
                    AttributeNames.CONTAINER_ID, "79c1",
                    AttributeNames.CONTAINER_NAME, "web"))
            .gauge(
                MetricNames.CONTAINER_STATE,
                Map.of(AttributeNames.STATE, "running"),
                start + 1,
                1));

    GraphSnapshot graph = rig.graph();
    assertThat(entity(graph, 20).related(Relation.PART_OF)).contains(container);
    Entity web = requireNonNull(graph.entities().get(container));
    assertThat(web.related(Relation.RUNS_ON)).contains(hostId("h1"));
    assertThat(web.related(Relation.PART_OF)).isEmpty();
    assertThat(web.text(AttributeNames.CONTAINER_NAME)).isEqualTo("web");
    assertThat(web.measurements().values())
        .singleElement()
        .satisfies(
            state -> assertThat(state.attributes()).containsEntry(AttributeNames.STATE, "running"));
  }

  @Test
  void anEntityAndItsListenersGoWithoutPoints() {
    rig.send(new ProbeRequest().process("h1", 20).listener("10.0.0.1", 80, start, start + 1, 1));
    assertThat(rig.graph().entities()).isNotEmpty();

    rig.advance(Duration.ofSeconds(78));

    assertThat(rig.graph().entities()).isEmpty();
  }

  @Test
  void aSilentProbeMakesStaleWhatOnlyItSaw() {
    rig.send(
        new ProbeRequest()
            .host("h1")
            .heartbeat(1, "", start, start)
            .process("h1", 10)
            .active(WEB, start, start + 1, 1));
    rig.advance(Duration.ofSeconds(16));

    GraphSnapshot graph = rig.graph();
    assertThat(graph.edges().values()).allMatch(Edge::stale);
    assertThat(entity(graph, 10).stale()).isTrue();
    assertThat(graph.coverage()).containsKey("probe~h1~silent");

    rig.send(new ProbeRequest().host("h1").heartbeat(1, "", start, rig.now()));
    graph = rig.graph();
    assertThat(graph.edges().values()).noneMatch(Edge::stale);
    assertThat(graph.coverage()).isEmpty();
  }

  @Test
  void whatALiveProbeSeesFromTheOtherEndIsNotStale() {
    rig.send(new ProbeRequest().process("h1", 10).active(WEB, start, start + 1, 1));
    for (int second = 0; second < 20; second++) {
      rig.advance(Duration.ofSeconds(1));
      rig.send(new ProbeRequest().process("h2", 20).active(WEB_SERVED, start, rig.now(), 1));
    }

    GraphSnapshot graph = rig.graph();
    assertThat(graph.edges()).hasSize(1);
    assertThat(graph.edges().values()).noneMatch(Edge::stale);
    assertThat(entity(graph, 10).stale()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1 | Not everything on name-h1 is seen
          2 | Short connections on name-h1 are shown without their process, failed ones without \
          the cause, and of UDP only sockets that have a peer
          3 | On name-h1 one network namespace is seen; short connections and those of other users \
          are shown without their process, failed ones without the cause, and of UDP only sockets \
          that have a peer
          4 | On name-h1 only connections that are open when the probe looks are seen, without their \
          bytes and without those that failed
          """)
  void whatATierCannotSeeIsSaidWithWhatToDo(int tier, String limitation) {
    rig.send(new ProbeRequest().host("h1").heartbeat(tier, "give it CAP_BPF", start, start + 1));

    Coverage coverage = requireNonNull(rig.graph().coverage().get("probe~h1~tier"));
    assertThat(coverage.message())
        .startsWith(limitation + " (give it CAP_BPF). ")
        .contains("scope doctor");
    assertThat(coverage.severity()).isEqualTo(Coverage.Severity.LIMITED);
  }

  @Test
  void aProbeThatSeesEverythingSaysNothing() {
    rig.send(new ProbeRequest().host("h1").heartbeat(1, "", start, start + 1));

    assertThat(rig.graph().coverage()).isEmpty();
  }

  @Test
  void aNewerProbeTakesOverAndNothingIsCountedTwice() {
    long second = start + 10 * SECOND;
    rig.send(
        new ProbeRequest()
            .host("h1")
            .heartbeat(1, "", start, start)
            .process("h1", 10)
            .active(WEB, start, start + SECOND, 2)
            .opened(WEB, start, start + SECOND, 5)
            .process("h1", 11)
            .active(WEB, start, start + SECOND, 1));
    rig.advance(Duration.ofSeconds(12));
    rig.send(
        new ProbeRequest()
            .host("h1")
            .heartbeat(1, "", second, rig.now())
            .process("h1", 10)
            .active(WEB, second, rig.now(), 2)
            .opened(WEB, second, rig.now(), 1));
    // The older one is still there and goes on counting.
    rig.send(new ProbeRequest().process("h1", 10).opened(WEB, start, rig.now(), 6));
    rig.advance(Duration.ofSeconds(7));

    GraphSnapshot graph = rig.graph();
    assertThat(graph.edges()).hasSize(1);
    Edge edge = graph.edges().values().iterator().next();
    assertThat(edge.key().client()).isEqualTo(processId("h1", 10));
    assertThat(edge.totals().opened()).isEqualTo(6);
    assertThat(edge.active()).isEqualTo(2);
    assertThat(graph.entities()).doesNotContainKey(processId("h1", 11));
  }

  @Test
  void totalsOfASeriesThatEndedStayWhileItsEdgeLives() {
    Connections paired = WEB.peer(processId("h2", 20));
    rig.send(new ProbeRequest().process("h1", 10).opened(WEB, start, start + SECOND, 5));
    for (int second = 0; second < 90; second++) {
      rig.advance(Duration.ofSeconds(1));
      rig.send(new ProbeRequest().process("h1", 10).opened(paired, start, rig.now(), second + 1));
    }

    assertThat(rig.edge(processId("h1", 10), processId("h2", 20), 80).totals().opened())
        .isEqualTo(95);
  }

  @Test
  void replacingAServerMovesTheEdgeToTheNewOne() {
    rig.send(new ProbeRequest().process("h2", 20).active(WEB_SERVED, start, start + 1, 1));
    rig.send(new ProbeRequest().process("h1", 10).active(WEB, start, start + 1, 1));
    rig.edge(processId("h1", 10), processId("h2", 20), 80);
    rig.advance(Duration.ofSeconds(5));
    rig.send(new ProbeRequest().process("h2", 20).active(WEB_SERVED, start, rig.now(), 0));
    rig.send(new ProbeRequest().process("h2", 21).active(WEB_SERVED, rig.now() - 1, rig.now(), 1));
    rig.advance(Duration.ofSeconds(17));

    rig.edge(processId("h1", 10), processId("h2", 21), 80);
    assertThat(rig.graph().edges()).hasSize(1);
  }

  private static Entity entity(GraphSnapshot graph, int pid) {
    return requireNonNull(graph.entities().get(processId("h1", pid)));
  }
}
