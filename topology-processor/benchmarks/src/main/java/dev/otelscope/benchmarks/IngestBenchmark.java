package dev.otelscope.benchmarks;

import dev.otelscope.engine.Engine;
import dev.otelscope.engine.EngineConfig;
import dev.otelscope.engine.IngestOutcome;
import dev.otelscope.otlp.Signal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.RunnerException;

/// A probe's points on one core. One operation is one point; each invocation is one second of
/// sixteen hosts, in which every point has changed.
///
/// `bytesToFlows` reads, asks the dialect and applies to the flow table; `bytesToGraph` also joins
/// the sides of every flow, assembles and publishes, the worst case: all edges change each second.
///
/// ```
/// 2 cores of an AMD EPYC, JDK 25, 2026-11-22
///
///                 points/s   bytes/point
/// bytesToFlows   1,251,000           125
/// bytesToGraph     638,000         1,142
/// ```
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class IngestBenchmark {
  private static final int HOSTS = 16;
  private static final EngineConfig CONFIG = EngineConfig.DEFAULTS.withShards(1);
  private static final int POINTS = HOSTS * ProbeTraffic.POINTS_PER_REQUEST;

  /// That each series has in each of its points that may have any.
  @Param({"0", "4"})
  private int exemplars;

  private List<GrowingRequest> requests = List.of();
  private final PacedClock clock = new PacedClock();
  private final Engine engine = Engine.withoutThreads(CONFIG, clock);
  private final Engine unpublished =
      Engine.withoutThreads(
          new EngineConfig(
              CONFIG.shards(),
              Duration.ofDays(1),
              CONFIG.edgeWindow(),
              CONFIG.seriesTimeToLive(),
              CONFIG.queuedPoints(),
              CONFIG.limits()),
          clock);
  private long round;

  public static void main(String[] arguments) throws RunnerException {
    Comparison.run(IngestBenchmark.class);
  }

  @Setup
  public void write() {
    requests = GrowingRequest.ofHosts(HOSTS, exemplars);
  }

  @Benchmark
  @OperationsPerInvocation(POINTS)
  public int bytesToFlows() {
    sendRound(unpublished);
    return unpublished.doWork();
  }

  @Benchmark
  @OperationsPerInvocation(POINTS)
  public int bytesToGraph() {
    sendRound(engine);
    engine.doWork();
    return engine.graph().current().edges().size();
  }

  private void sendRound(Engine to) {
    round++;
    clock.now = Instant.ofEpochSecond(0, ProbeTraffic.timeNanos(round));
    for (GrowingRequest request : requests) {
      IngestOutcome outcome = to.ingest().accept(Signal.METRICS, request.at(round));
      if (!(outcome instanceof IngestOutcome.Accepted accepted)
          || accepted.points() != ProbeTraffic.POINTS_PER_REQUEST) {
        throw new IllegalStateException("not all was taken: " + outcome);
      }
    }
  }

  private static final class PacedClock extends Clock {
    private Instant now = Instant.EPOCH;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
