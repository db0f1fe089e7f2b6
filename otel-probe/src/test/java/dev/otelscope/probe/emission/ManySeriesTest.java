package dev.otelscope.probe.emission;

import static dev.otelscope.probe.tracking.SimulatedKernel.process;
import static dev.otelscope.probe.tracking.SimulatedKernel.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.model.IpAddress;
import dev.otelscope.model.MetricNames;
import dev.otelscope.probe.connection.DurationCounts;
import dev.otelscope.probe.connection.PastConnections;
import dev.otelscope.probe.connection.Socket.Direction;
import dev.otelscope.probe.emission.RecordingReceiver.Received;
import dev.otelscope.probe.process.ProcessIdentity;
import dev.otelscope.probe.tracking.TrackingRules;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// More of everything than a receiver, the SDK or the probe's memory likes.
class ManySeriesTest {
  private static final ProcessIdentity PROXY = process(10);
  private static final int LIMIT = TrackingRules.seriesLimitOf(64 << 20); // the probe's heap

  @Test
  void fiveThousandSeriesArriveOneByOneInRequestsOfTwoThousandPoints() {
    Answers answers = new Answers();
    try (RecordingReceiver receiver = new RecordingReceiver();
        EmissionBench bench =
            new EmissionBench(
                OtlpExporters.create(ReceiverTarget.http(receiver.base()), answers),
                answers,
                Emission.POINTS_PER_REQUEST)) {
      bench.round();
      receiver.take();
      for (int i = 0; i < 5_000; i++) {
        bench.kernel.open("1", tcp("10.0.0.1", 40_000, privateAddress(i), 443)).heldBy(PROXY);
      }
      bench.round();

      List<ExportMetricsServiceRequest> requests = receiver.takeRequests();
      assertThat(requests)
          .hasSizeGreaterThan(5)
          .allSatisfy(request ->
              assertThat(RecordingReceiver.pointsOf(request)).isLessThanOrEqualTo(2_000));
      Set<String> servers = new HashSet<>();
      for (Received point : RecordingReceiver.received(requests)) {
        assertThat(point.attributes())
            .as("neither the SDK's overflow nor ours")
            .doesNotContainKeys("otel.metric.overflow", "otelscope.overflow");
        if (point.metric().equals(MetricNames.CONNECTION_OPENED)) {
          servers.add(point.attributes().get("server.address"));
        }
      }
      assertThat(servers).hasSize(5_000);
    }
  }

  @Test
  void whatEndsWhileTheReceiverIsAwayIsBoundedAndNothingOfItIsLost() {
    AddedUp received = new AddedUp();
    boolean[] away = {true};
    FakeExporter exporter =
        new FakeExporter(
            AggregationTemporalitySelector.alwaysCumulative(),
            batch -> {
              if (!away[0]) {
                received.accept(batch);
              }
              return !away[0];
            });
    int connections = 3 * LIMIT;
    try (EmissionBench bench = new EmissionBench(exporter, new Answers(), 2_000, LIMIT)) {
      bench.round();
      for (int i = 0; i < connections; i++) {
        // each from a process of its own, as scripts have them
        bench.kernel.past(i % 2 == 0 ? "1" : "2", once(process(1_000 + i), privateAddress(i)));
        if (i % 100 == 0) {
          bench.round();
        }
      }
      bench.round();
      assertThat(bench.tracker.series().size())
          .as("the limit, a quarter more by process, then one for each namespace")
          .isEqualTo(LIMIT + LIMIT / 4 + 2);
      away[0] = false;
      bench.pass(10);
      bench.round();
      assertThat(received.sum(MetricNames.CONNECTION_OPENED)).isEqualTo(connections);

      for (int second = 0; second < 30; second++) {
        bench.round();
      }
      assertThat(bench.tracker.series()).as("all of them have ended").isEmpty();
    }
    assertThat(received.sum(MetricNames.CONNECTION_OPENED)).isEqualTo(connections);
  }

  private static String privateAddress(int number) {
    return "10." + (1 + (number >> 16)) + "." + (number >> 8 & 0xFF) + "." + (number & 0xFF);
  }

  private static PastConnections once(ProcessIdentity process, String server) {
    int[] durations = new int[DurationCounts.BUCKETS];
    durations[10] = 1;
    return new PastConnections(
        Direction.OUTBOUND,
        Optional.of(process),
        IpAddress.parse("10.0.0.1"),
        IpAddress.parse(server),
        443,
        Optional.empty(),
        1,
        0,
        0,
        0,
        0,
        0,
        10,
        20,
        0,
        1_000_000,
        new DurationCounts(durations),
        List.of());
  }
}
