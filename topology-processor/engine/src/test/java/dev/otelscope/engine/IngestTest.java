package dev.otelscope.engine;

import static dev.otelscope.engine.ProbeRequest.Connections.client;
import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.engine.EngineConfig.Limits;
import dev.otelscope.engine.IngestOutcome.Accepted;
import dev.otelscope.engine.IngestOutcome.Malformed;
import dev.otelscope.engine.IngestOutcome.Partial;
import dev.otelscope.engine.IngestOutcome.Refused;
import dev.otelscope.engine.ProbeRequest.Connections;
import dev.otelscope.engine.counters.Counted;
import dev.otelscope.engine.counters.EngineCounters;
import dev.otelscope.otlp.Signal;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// What becomes of requests. Every rig checks at the end that each point was counted once.
class IngestTest {
  private static final Connections WEB = client("10.0.0.1", "10.0.0.2", 80);

  @Test
  void anEmptyRequestIsAccepted() {
    EngineRig rig = new EngineRig();

    assertThat(rig.send(new ProbeRequest())).isEqualTo(new Accepted(0));
    rig.check();
  }

  @Test
  void brokenBytesAreMalformedWithTheirOffsetAndChangeNothing() {
    EngineRig rig = new EngineRig();
    byte[] whole = new ProbeRequest().process("h1", 10).active(WEB, 1, 2, 1).bytes();
    byte[] broken = Arrays.copyOf(whole, whole.length - 3);

    IngestOutcome outcome = rig.engine().ingest().accept(Signal.METRICS, broken);

    assertThat(outcome).isInstanceOf(Malformed.class);
    assertThat(rig.graph().entities()).isEmpty();
    assertThat(rig.engine().counters().of(Counted.REQUEST_MALFORMED)).isEqualTo(1);
    rig.check();
  }

  @Test
  void pointsThatLackSomethingAreRejectedAndTheOthersCount() {
    EngineRig rig = new EngineRig();
    long now = rig.now();

    IngestOutcome outcome =
        rig.send(
            new ProbeRequest()
                .process("h1", 10)
                .active(WEB, now - 1, now, 1)
                .active(WEB.with("server.port", 70_000), now - 1, now, 1)
                .active(WEB.with("client.address", "nowhere"), now - 1, now, 1));

    assertThat(outcome).isInstanceOf(Partial.class);
    Partial partial = (Partial) outcome;
    assertThat(partial.accepted()).isEqualTo(1);
    assertThat(partial.rejected()).isEqualTo(2);
    assertThat(partial.reason()).contains("server.port must be 0 to 65535, not '70000'");
    assertThat(rig.graph().edges()).hasSize(1);
    rig.check();
  }

  @Test
  void aFullQueueRefusesTheWholeRequest() {
    EngineRig rig = new EngineRig(EngineConfig.DEFAULTS.withShards(2).withQueuedPoints(64));
    long now = rig.now();
    ProbeRequest request = new ProbeRequest().process("h1", 10).active(WEB, now - 1, now, 1);

    assertThat(rig.send(request)).isInstanceOf(Accepted.class);
    assertThat(rig.send(request)).isInstanceOf(Refused.class);
    assertThat(rig.graph().edges()).hasSize(1);
    assertThat(rig.send(request)).as("there is room again").isInstanceOf(Accepted.class);
    rig.check();
  }

  @Test
  void beyondALimitTheRestWorksOnAndCoverageSaysSo() {
    Limits limits = new Limits(10, 100, 100, 64, 100);
    EngineRig rig = new EngineRig(EngineConfig.DEFAULTS.withShards(1).withLimits(limits));
    long now = rig.now();
    for (int port = 1; port <= 20; port++) {
      Connections of = client("10.0.0.1", "10.0.0.2", port);
      rig.send(new ProbeRequest().process("h1", 10).active(of, now - 1, now, 1));
      rig.graph();
    }

    IngestOutcome fresh =
        rig.send(
            new ProbeRequest()
                .process("h1", 10)
                .active(client("10.0.0.1", "10.0.0.2", 30), now - 1, now, 1));
    IngestOutcome known =
        rig.send(
            new ProbeRequest()
                .process("h1", 10)
                .active(client("10.0.0.1", "10.0.0.2", 1), now - 1, now + 1, 5));

    assertThat(fresh).isInstanceOf(Partial.class);
    assertThat(known).isEqualTo(new Accepted(1));
    assertThat(rig.graph().edges()).hasSize(10);
    assertThat(rig.graph().coverage()).containsKey("probe~h1~limit");
    rig.check();
  }

  @Test
  void tracesAreCheckedAndCountedAndNotReadYet() {
    EngineRig rig = new EngineRig();

    assertThat(rig.engine().ingest().accept(Signal.TRACES, new byte[0])).isEqualTo(new Accepted(0));
    assertThat(rig.engine().ingest().accept(Signal.TRACES, new byte[] {1, 2, 3}))
        .isInstanceOf(Malformed.class);
    assertThat(rig.engine().counters().of(Counted.REQUEST_UNREAD)).isEqualTo(1);
    rig.check();
  }

  @Test
  void onThreadsOfItsOwnItDoesTheSame() {
    try (Engine engine = Engine.start(EngineConfig.DEFAULTS.withShards(2), Clock.systemUTC())) {
      long now = System.currentTimeMillis() * 1_000_000;
      byte[] request =
          new ProbeRequest().process("h1", 10).active(WEB, now - 1_000_000, now, 1).bytes();
      assertThat(engine.ingest().accept(Signal.METRICS, request)).isEqualTo(new Accepted(1));

      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(engine.graph().current().edges()).hasSize(1));
      EngineCounters counters = engine.counters();
      assertThat(counters.of(Counted.POINT_APPLIED)).isEqualTo(1);
    }
  }
}
