package dev.otelscope.probe.emission;

import static dev.otelscope.probe.tracking.SimulatedKernel.process;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.otelscope.model.IpAddress;
import dev.otelscope.model.MetricNames;
import dev.otelscope.probe.connection.DurationCounts;
import dev.otelscope.probe.connection.PastConnections;
import dev.otelscope.probe.connection.Socket.Direction;
import dev.otelscope.probe.process.ProcessIdentity;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Law: whichever exports fail, the sum of what arrived is what happened.
class TemporalityLawTest {
  private static final List<ProcessIdentity> PROCESSES = List.of(process(10), process(20));
  private static final int ROUNDS = 60;

  private double opened;
  private double refused;
  private double sent;
  private double lasted;
  private double seconds;
  private int programs;

  static Stream<Arguments> seedsAndPreferences() {
    return Stream.of(
            AggregationTemporalitySelector.alwaysCumulative(),
            AggregationTemporalitySelector.deltaPreferred(),
            AggregationTemporalitySelector.lowMemory())
        .flatMap(preference ->
            Stream.iterate(1L, seed -> seed + 1)
                .limit(20)
                .map(seed -> Arguments.of(preference, seed)));
  }

  @ParameterizedTest
  @MethodSource("seedsAndPreferences")
  void theSumOfWhatArrivedIsWhatHappened(AggregationTemporalitySelector preference, long seed) {
    Random random = new Random(seed);
    double reliability = random.nextDouble();
    AddedUp received = new AddedUp();
    boolean[] over = {false};
    FakeExporter exporter =
        new FakeExporter(
            preference,
            batch -> {
              boolean arrives = over[0] || random.nextDouble() < reliability;
              if (arrives) {
                received.accept(batch);
              }
              return arrives;
            });
    try (EmissionBench bench = new EmissionBench(exporter, new Answers(), 1 + random.nextInt(9))) {
      for (int i = 0; i < ROUNDS; i++) {
        live(bench, random);
        bench.round();
      }
      over[0] = true;
      bench.pass(10); // a receiver that failed is left alone for a while
      for (int i = 0; i < 30; i++) {
        bench.round();
      }
      assertThat(bench.tracker.series()).isEmpty();
    }

    assertThat(received.sum(MetricNames.CONNECTION_OPENED)).isEqualTo(opened);
    assertThat(received.sum(MetricNames.CONNECTION_FAILED)).isEqualTo(refused);
    assertThat(received.sum(MetricNames.CONNECTION_IO)).isEqualTo(sent);
    assertThat(received.sum(MetricNames.CONNECTION_DURATION)).isEqualTo(lasted);
    assertThat(received.seconds()).isCloseTo(seconds, within(1e-6));
  }

  private void live(EmissionBench bench, Random random) {
    for (int i = random.nextInt(4); i > 0; i--) {
      ProcessIdentity process = PROCESSES.get(random.nextInt(PROCESSES.size()));
      if (random.nextInt(20) == 0) {
        bench.processes.runs(process, "program" + programs++); // another resource
      }
      bench.kernel.past("1", past(process, random));
    }
  }

  private PastConnections past(ProcessIdentity process, Random random) {
    int count = random.nextInt(4);
    int failures = count == 0 ? 1 : random.nextInt(2);
    int bytes = count * random.nextInt(1_000);
    int[] durations = new int[DurationCounts.BUCKETS];
    durations[random.nextInt(DurationCounts.BUCKETS)] = count;
    long nanos = count * 1_000_000L * random.nextInt(1_000);
    opened += count;
    refused += failures;
    sent += bytes;
    lasted += count;
    seconds += nanos / 1e9;
    return new PastConnections(
        Direction.OUTBOUND,
        Optional.of(process),
        IpAddress.parse("10.0.0.1"),
        IpAddress.parse("192.0.2." + (1 + random.nextInt(3))),
        443,
        Optional.empty(),
        count,
        0,
        failures,
        0,
        0,
        0,
        bytes,
        0,
        0,
        nanos,
        new DurationCounts(durations),
        List.of());
  }
}
