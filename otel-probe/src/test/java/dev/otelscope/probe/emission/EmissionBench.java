package dev.otelscope.probe.emission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.probe.connection.Tier;
import dev.otelscope.probe.connection.Translations;
import dev.otelscope.probe.container.Containers;
import dev.otelscope.probe.host.HostFacts;
import dev.otelscope.probe.host.HostIdentity;
import dev.otelscope.probe.host.HostUsage;
import dev.otelscope.probe.process.LabelValues;
import dev.otelscope.probe.process.ProcessIdentity;
import dev.otelscope.probe.tracking.ConnectionTracker;
import dev.otelscope.probe.tracking.EphemeralPorts;
import dev.otelscope.probe.tracking.Reaches;
import dev.otelscope.probe.tracking.SimulatedKernel;
import dev.otelscope.probe.tracking.TrackingRules;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A whole emission over a simulated kernel. It has no clock: a test makes its rounds, one second
/// apart.
final class EmissionBench implements AutoCloseable {
  static final long SECOND = 1_000_000_000L;
  static final long START = 1_000_000 * SECOND;
  private static final HostIdentity HOST = new HostIdentity("h1", "machine", "box", "boot");
  private static final HostFacts FACTS =
      new HostFacts(
          "linux", "12", "Debian", "amd64", List.of(), List.of(), List.of(), Optional.empty());

  final SimulatedKernel kernel = new SimulatedKernel("1", "2");
  final FakeProcesses processes = new FakeProcesses();
  final ConnectionTracker tracker;
  private final SdkMeterProvider provider;
  private List<ProcessIdentity> chosen = List.of();
  private Optional<HostUsage> hostUsage = Optional.empty();
  private long now = START;

  /// @param pointsPerRequest as many go in one batch
  EmissionBench(MetricExporter otlp, Answers answers, int pointsPerRequest) {
    this(otlp, answers, pointsPerRequest, 100_000);
  }

  EmissionBench(MetricExporter otlp, Answers answers, int pointsPerRequest, int seriesLimit) {
    tracker =
        new ConnectionTracker(
            kernel,
            Translations.NONE,
            new TrackingRules(
                EphemeralPorts.DEFAULT, Reaches.WITHOUT_LOCAL_NETWORKS, true, seriesLimit));
    ConfirmingExporter exporter = new ConfirmingExporter(otlp, answers, "the receiver");
    EntityResources resources = new EntityResources(HOST, Map.of(), new LabelValues(List.of()));
    Entities entities = new Entities(resources, processes);
    Duration interval = Duration.ofSeconds(1);
    SeriesProducer producer =
        new SeriesProducer(
            tracker,
            () -> new Coverage(Tier.SOCK_DIAG, "", "", "", tracker.lost()),
            entities,
            new HostEmitter(resources, () -> FACTS, () -> hostUsage, START, 0, interval),
            new ChosenProcesses(entities, processes, Containers.WITHOUT_RUNTIME, () -> chosen),
            new ContainerEmitter(
                resources, Containers.WITHOUT_RUNTIME, processes, container -> Optional.empty()),
            new Rounds(START, interval, Temporality.preferredBy(exporter)),
            exporter,
            () -> now,
            () -> now);
    provider =
        Emission.provider(
            producer,
            PeriodicMetricReader.builder(exporter)
                .setInterval(Duration.ofDays(1)) // the tests say when
                .setMaxExportBatchSize(pointsPerRequest)
                .build());
  }

  /// These are said although they may have no connections.
  void chooses(ProcessIdentity... processes) {
    chosen = List.of(processes);
  }

  /// The host has used this much since it was started.
  void hostUsed(HostUsage usage) {
    hostUsage = Optional.of(usage);
  }

  /// A second goes by, then the kernel is looked at and what is due is sent.
  void round() {
    pass(1);
    try {
      tracker.scan(kernel, now);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    assertThat(provider.forceFlush().join(30, TimeUnit.SECONDS).isDone()).isTrue();
  }

  /// Time goes by in which nobody looks.
  void pass(int seconds) {
    now += seconds * SECOND;
  }

  @Override
  public void close() {
    provider.close();
  }
}
