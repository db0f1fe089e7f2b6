package dev.otelscope.engine;

import static dev.otelscope.engine.ProbeRequest.Connections.client;
import static dev.otelscope.engine.ProbeRequest.Connections.server;
import static dev.otelscope.engine.ProbeRequest.hostId;
import static dev.otelscope.engine.ProbeRequest.processId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.engine.ProbeRequest.Connections;
import dev.otelscope.model.Edge;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.GraphSnapshot;
import dev.otelscope.model.Pairing;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EngineTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Connections WEB = client("10.0.0.1", "10.0.0.2", 80);
  private static final Connections WEB_SERVED = server("10.0.0.1", "10.0.0.2", 80);

  @RegisterExtension private final EngineRig rig = new EngineRig();

  @Test
  void oneSideAloneShowsAnEdgeToTheAddress() {
    long now = rig.now();
    rig.send(
        new ProbeRequest()
            .process("h1", 10)
            .opened(WEB, now - SECOND, now, 3)
            .active(WEB, now - SECOND, now, 1)
            .transmitted(WEB, now - SECOND, now, 500)
            .received(WEB, now - SECOND, now, 700));

    Edge edge = rig.edge(processId("h1", 10), EntityId.of("address", "global", "10.0.0.2"), 80);
    assertThat(edge.active()).isEqualTo(1);
    assertThat(edge.totals().opened()).isEqualTo(3);
    assertThat(edge.totals().bytesSent()).isEqualTo(500);
    assertThat(edge.totals().bytesReceived()).isEqualTo(700);
    assertThat(edge.rates().opened()).isZero();
    assertThat(edge.sources()).containsExactly("probe");
  }

  @Test
  void theOtherSideRefinesTheEndAndAddsNothing() {
    long now = rig.now();
    rig.send(new ProbeRequest().process("h1", 10).opened(WEB, now - SECOND, now, 3));
    rig.send(
        new ProbeRequest()
            .process("h2", 20)
            .opened(WEB_SERVED, now - SECOND, now, 3)
            .transmitted(WEB_SERVED, now - SECOND, now, 700));

    Edge edge = rig.edge(processId("h1", 10), processId("h2", 20), 80);
    assertThat(edge.totals().opened()).isEqualTo(3);
    assertThat(edge.totals().bytesReceived())
        .as("what the client does not know, the server fills in")
        .isEqualTo(700);
    assertThat(edge.pairing()).isEqualTo(Pairing.EXACT);
    assertThat(rig.graph().edges()).hasSize(1);
  }

  @Test
  void anAddressOfAKnownHostIsThatHost() {
    long now = rig.now();
    rig.send(new ProbeRequest().process("h1", 10).opened(WEB, now - SECOND, now, 1));
    rig.graph();
    rig.send(new ProbeRequest().host("h2", "10.0.0.2").heartbeat(1, "", now, now));

    rig.edge(processId("h1", 10), hostId("h2"), 80);
    assertThat(rig.graph().edges()).hasSize(1);
  }

  @Test
  void whoeverListensThereIsTheServer() {
    long now = rig.now();
    rig.send(
        new ProbeRequest()
            .host("h2", "10.0.0.2")
            .heartbeat(1, "", now, now)
            .process("h2", 20)
            .listener("10.0.0.2", 80, now - SECOND, now, 1)
            .process("h1", 10)
            .opened(WEB, now - SECOND, now, 1));

    rig.edge(processId("h1", 10), processId("h2", 20), 80);
  }

  @Test
  void anEdgeStaysForItsWindowAndThenGoes() {
    long now = rig.now();
    rig.send(
        new ProbeRequest()
            .process("h1", 10)
            .opened(WEB, now - SECOND, now, 1)
            .active(WEB, now - SECOND, now, 0));

    rig.advance(Duration.ofSeconds(14));
    assertThat(rig.graph().edges()).hasSize(1);
    rig.advance(Duration.ofSeconds(3));

    GraphSnapshot graph = rig.graph();
    assertThat(graph.edges()).isEmpty();
    assertThat(graph.entities()).containsOnlyKeys(processId("h1", 10));
  }

  @Test
  void anOpenConnectionKeepsItsEdge() {
    long now = rig.now();
    rig.send(new ProbeRequest().process("h1", 10).active(WEB, now - SECOND, now, 1));

    rig.advance(Duration.ofSeconds(70));
    assertThat(rig.graph().edges()).hasSize(1);
    rig.advance(Duration.ofSeconds(10));
    assertThat(rig.graph().edges()).as("without a point for 75 s it has ended").isEmpty();
  }

  @Test
  void aRateFallsToZeroByItself() {
    long start = rig.now();
    rig.send(new ProbeRequest().process("h1", 10).active(WEB, start, start + 1, 1));
    rig.send(new ProbeRequest().process("h1", 10).opened(WEB, start, start + 1, 100));
    rig.advance(Duration.ofSeconds(1));
    rig.send(new ProbeRequest().process("h1", 10).opened(WEB, start, rig.now(), 130));

    assertThat(onlyEdge().rates().opened()).isEqualTo(2.0);
    rig.advance(Duration.ofSeconds(16));
    assertThat(onlyEdge().rates().opened()).isZero();
    assertThat(onlyEdge().totals().opened()).isEqualTo(130);
  }

  private Edge onlyEdge() {
    GraphSnapshot graph = rig.graph();
    assertThat(graph.edges()).hasSize(1);
    return graph.edges().values().iterator().next();
  }
}
