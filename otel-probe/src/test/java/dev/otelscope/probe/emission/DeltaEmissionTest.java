package dev.otelscope.probe.emission;

import static dev.otelscope.probe.emission.EmissionBench.SECOND;
import static dev.otelscope.probe.emission.EmissionBench.START;
import static dev.otelscope.probe.tracking.SimulatedKernel.process;
import static dev.otelscope.probe.tracking.SimulatedKernel.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.model.MetricNames;
import dev.otelscope.probe.host.HostUsage;
import dev.otelscope.probe.process.ProcessIdentity;
import dev.otelscope.probe.tracking.SimulatedKernel;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SumData;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a receiver gets that prefers deltas.
class DeltaEmissionTest {
  private static final ProcessIdentity CURL = process(10);

  /// A point as it was when it was sent.
  private record Sent(
      String metric, AggregationTemporality temporality, long start, long end, double value) {}

  private final List<Sent> sent = new ArrayList<>();
  private boolean receives = true;

  @Test
  void eachSaysWhatCameSinceTheOneBeforeItAndBeginsWhereThatEnded() {
    try (EmissionBench bench = bench(AggregationTemporalitySelector.deltaPreferred())) {
      bench.round();
      SimulatedKernel.End end = connect(bench).sends(100);
      bench.round();
      end.sends(10);
      bench.round();
      end.sends(5);
      bench.round();
    }

    assertThat(transmitted()).containsExactly(delta(1, 2, 100), delta(2, 3, 10), delta(3, 4, 5));
  }

  @Test
  void whatAFailedExportCarriedIsInTheNextOne() {
    try (EmissionBench bench = bench(AggregationTemporalitySelector.deltaPreferred())) {
      bench.round();
      SimulatedKernel.End end = connect(bench).sends(100);
      bench.round();
      receives = false;
      end.sends(10);
      bench.round();
      receives = true;
      end.sends(5);
      bench.round();
      end.sends(1);
      bench.round();
    }

    assertThat(transmitted()).containsExactly(delta(1, 2, 100), delta(2, 4, 15), delta(4, 5, 1));
  }

  @Test
  void whatRisesAndFallsStaysCumulative() {
    try (EmissionBench bench = bench(AggregationTemporalitySelector.deltaPreferred())) {
      connect(bench);
      bench.round();
    }

    assertThat(of(MetricNames.CONNECTION_ACTIVE))
        .containsOnly(
            new Sent(
                MetricNames.CONNECTION_ACTIVE,
                AggregationTemporality.CUMULATIVE,
                START,
                START + SECOND,
                1));
  }

  @Test
  void whatTheKernelCountedBeforeTheProbeCameIsNobodysDelta() {
    try (EmissionBench bench = bench(AggregationTemporalitySelector.deltaPreferred())) {
      bench.hostUsed(cpu(50_000));
      bench.round();
      bench.hostUsed(cpu(50_003));
      bench.pass(4);
      bench.round();
    }

    assertThat(of(MetricNames.SYSTEM_CPU_TIME))
        .containsExactly(
            new Sent(
                MetricNames.SYSTEM_CPU_TIME,
                AggregationTemporality.DELTA,
                START + SECOND,
                START + 6 * SECOND,
                3));
  }

  @Test
  void withLowMemoryTheKernelsCountersStayCumulative() {
    try (EmissionBench bench = bench(AggregationTemporalitySelector.lowMemory())) {
      bench.hostUsed(cpu(50_000));
      bench.round();
      connect(bench).sends(100);
      bench.round();
    }

    assertThat(transmitted()).containsExactly(delta(1, 2, 100));
    assertThat(of(MetricNames.SYSTEM_CPU_TIME))
        .containsExactly(
            new Sent(
                MetricNames.SYSTEM_CPU_TIME,
                AggregationTemporality.CUMULATIVE,
                0,
                START + SECOND,
                50_000));
  }

  private EmissionBench bench(AggregationTemporalitySelector preference) {
    FakeExporter exporter =
        new FakeExporter(
            preference,
            batch -> {
              if (receives) {
                keep(batch);
              }
              return receives;
            });
    return new EmissionBench(exporter, new Answers(), 1_000);
  }

  private static SimulatedKernel.End connect(EmissionBench bench) {
    return bench.kernel.open("1", tcp("10.0.0.1", 40_000, "192.0.2.7", 443)).heldBy(CURL);
  }

  private static HostUsage cpu(double seconds) {
    return new HostUsage(Map.of("user", seconds), Map.of(), 0, Map.of(), 0);
  }

  private void keep(Collection<MetricData> batch) {
    for (MetricData metric : batch) {
      if (metric.getData() instanceof SumData<?> sum) {
        sum.getPoints()
            .forEach(point ->
                sent.add(
                    new Sent(
                        metric.getName(),
                        sum.getAggregationTemporality(),
                        point.getStartEpochNanos(),
                        point.getEpochNanos(),
                        value(point))));
      }
    }
  }

  private static double value(PointData point) {
    return point instanceof LongPointData whole
        ? whole.getValue()
        : ((DoublePointData) point).getValue();
  }

  private List<Sent> of(String metric) {
    return sent.stream().filter(point -> point.metric().equals(metric)).toList();
  }

  /// Points of bytes that the one connection sent; it receives nothing.
  private List<Sent> transmitted() {
    return of(MetricNames.CONNECTION_IO).stream().filter(point -> point.value() > 0).toList();
  }

  private static Sent delta(int startSecond, int endSecond, double value) {
    return new Sent(
        MetricNames.CONNECTION_IO,
        AggregationTemporality.DELTA,
        START + startSecond * SECOND,
        START + endSecond * SECOND,
        value);
  }
}
