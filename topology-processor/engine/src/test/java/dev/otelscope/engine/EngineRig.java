package dev.otelscope.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.engine.counters.Counted;
import dev.otelscope.model.Edge;
import dev.otelscope.model.EdgeKey;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.GraphDelta;
import dev.otelscope.model.GraphSnapshot;
import dev.otelscope.model.GraphSource.Subscription;
import dev.otelscope.model.Transport;
import dev.otelscope.otlp.Signal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// An engine without threads, with a clock of its own. Register it as an extension: after each test
/// it checks [GraphInvariants] (law 4), that the deltas lead to the graph (law 1), and that every
/// point was counted once.
public final class EngineRig implements AfterEachCallback {
  public static final Instant START = Instant.parse("2026-11-22T14:00:00Z");

  private final TestClock clock = new TestClock(START);
  private final Engine engine;
  private GraphSnapshot replayed = GraphSnapshot.EMPTY;
  private final Subscription subscription;

  public EngineRig() {
    this(EngineConfig.DEFAULTS.withShards(3));
  }

  public EngineRig(EngineConfig config) {
    engine = Engine.withoutThreads(config, clock);
    subscription = engine.graph().subscribe((delta, snapshot) -> replay(delta));
  }

  public TestClock clock() {
    return clock;
  }

  public Engine engine() {
    return engine;
  }

  /// Now, in nanoseconds since 1970.
  public long now() {
    return clock.nanos();
  }

  public IngestOutcome send(ProbeRequest request) {
    return engine.ingest().accept(Signal.METRICS, request.bytes());
  }

  public IngestOutcome send(NameRequest request) {
    return engine.ingest().accept(Signal.LOGS, request.bytes());
  }

  /// The graph after everything sent so far was applied.
  public GraphSnapshot graph() {
    advance(Duration.ofMillis(250));
    return engine.graph().current();
  }

  /// Lets time go by, with the engine working every quarter of a second.
  public void advance(Duration by) {
    Duration left = by;
    Duration step = Duration.ofMillis(250);
    while (left.isPositive()) {
      Duration next = left.compareTo(step) < 0 ? left : step;
      clock.advance(next);
      engine.doWork();
      left = left.minus(next);
    }
  }

  public Edge edge(EntityId client, EntityId server, int port) {
    GraphSnapshot graph = graph();
    EdgeKey key = new EdgeKey(client, server, Transport.TCP, port);
    assertThat(graph.edges()).containsKey(key);
    return requireNonNull(graph.edges().get(key));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    check();
  }

  /// Checks what must be true after everything that was ever sent.
  public void check() {
    GraphSnapshot graph = graph();
    GraphInvariants.check(graph);
    assertThat(replayed).isEqualTo(graph);
    assertThat(engine.counters().sumOf("received"))
        .as("points read are counted once")
        .isEqualTo(engine.counters().of(Counted.POINT_READ));
    assertThat(engine.counters().sumOf("taken"))
        .as("points taken are counted once")
        .isEqualTo(engine.counters().of(Counted.POINT_TAKEN));
    subscription.close();
  }

  private void replay(GraphDelta delta) {
    replayed = delta.applyTo(replayed);
    GraphInvariants.check(replayed);
  }
}
