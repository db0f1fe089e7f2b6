package dev.otelscope.probe.emission;

import static dev.otelscope.probe.tracking.SimulatedKernel.process;
import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.MetricNames;
import dev.otelscope.probe.process.ProcessIdentity;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChosenProcessesTest {
  private static final ProcessIdentity IDLE = process(10);

  private final List<MetricData> received = new ArrayList<>();
  private final FakeExporter exporter =
      new FakeExporter(AggregationTemporalitySelector.alwaysCumulative(), received::addAll);

  @Test
  void aProcessWithoutConnectionsIsSaidOnlyIfItIsChosen() {
    try (EmissionBench bench = new EmissionBench(exporter, new Answers(), 1_000)) {
      bench.processes.runs(IDLE, "postgres");
      bench.round();
      assertThat(programs()).isEmpty();

      bench.chooses(IDLE);
      bench.pass(5);
      bench.round();
      assertThat(programs()).containsOnly("postgres");
      assertThat(received)
          .extracting(MetricData::getName)
          .contains(MetricNames.PROCESS_CPU_TIME, MetricNames.PROCESS_DESCRIPTOR_COUNT);
    }
  }

  @Test
  void itIsForgottenOnceItIsGone() {
    try (EmissionBench bench = new EmissionBench(exporter, new Answers(), 1_000)) {
      bench.processes.runs(IDLE, "postgres");
      bench.chooses(IDLE);
      bench.pass(5);
      bench.round();
      bench.chooses();
      bench.pass(5);
      received.clear();
      bench.round();
      bench.pass(60);
      bench.round();

      assertThat(programs()).isEmpty();
    }
  }

  private List<String> programs() {
    return received.stream()
        .map(metric ->
            metric
                .getResource()
                .getAttribute(AttributeKey.stringKey(AttributeNames.PROCESS_EXECUTABLE_NAME)))
        .filter(name -> name != null)
        .toList();
  }
}
