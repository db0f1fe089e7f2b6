package dev.otelscope.probe.emission;

import dev.otelscope.probe.container.ContainerUsageReader;
import dev.otelscope.probe.container.Containers;
import dev.otelscope.probe.dns.NameWatch;
import dev.otelscope.probe.host.HostFacts;
import dev.otelscope.probe.host.HostIdentity;
import dev.otelscope.probe.host.HostUsageReader;
import dev.otelscope.probe.process.LabelValues;
import dev.otelscope.probe.process.ProcessIdentity;
import dev.otelscope.probe.process.ProcessTable;
import dev.otelscope.probe.tracking.ConnectionTracker;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.MetricProducer;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Sends what the tracker knows at every interval, for as long as it is open.
///
/// Everything that it asks (tracker, processes, facts, coverage) is asked on the thread of the
/// executor that it was given, so that one thread alone works with them.
public final class Emission implements AutoCloseable {
  /// Above what gRPC servers accept, a request is refused as a whole (4 MiB).
  static final int POINTS_PER_REQUEST = 2_000;

  private static final Duration TIME_TO_CLOSE = Duration.ofSeconds(4);

  /// The SDK reports each failed export; [ConfirmingExporter] says it once.
  private static final Logger SDK_LOG = Logger.getLogger("io.opentelemetry");

  private final SdkMeterProvider provider;
  private final SeriesProducer producer;
  private final Optional<EventSender> events;

  private Emission(
      SdkMeterProvider provider, SeriesProducer producer, Optional<EventSender> events) {
    this.provider = provider;
    this.producer = producer;
    this.events = events;
  }

  /// What an emission asks.
  ///
  /// @param resourceAttributes said by every resource that does not say something else
  /// @param chosenProcesses that are said although they may have no connections
  public record Sources(
      HostIdentity host,
      Map<String, String> resourceAttributes,
      LabelValues labels,
      Supplier<HostFacts> hostFacts,
      HostUsageReader hostUsage,
      ProcessTable processes,
      Supplier<Collection<ProcessIdentity>> chosenProcesses,
      Containers containers,
      ConnectionTracker tracker,
      NameWatch names,
      Supplier<Coverage> coverage) {}

  /// Begins to send, the first time after one interval.
  ///
  /// @param logsTarget where logs go; nowhere when empty
  /// @param thread of one thread; the emission shuts it down when it is closed
  /// @throws IllegalArgumentException when the target names files that cannot be read
  public static Emission start(
      Sources sources,
      ReceiverTarget target,
      Optional<ReceiverTarget> logsTarget,
      Duration interval,
      ScheduledExecutorService thread,
      Clock clock) {
    SDK_LOG.setLevel(Level.OFF);
    Answers answers = new Answers();
    MetricExporter otlp = OtlpExporters.create(target, answers);
    ConfirmingExporter exporter =
        new ConfirmingExporter(otlp, answers, target.endpoint().toString());
    HostEmitter host = hostEmitter(sources, interval, clock);
    SeriesProducer producer = producer(sources, host, interval, clock, exporter);
    PeriodicMetricReader reader =
        PeriodicMetricReader.builder(exporter)
            .setInterval(interval)
            .setMaxExportBatchSize(POINTS_PER_REQUEST)
            .setExecutor(thread)
            .build();
    Optional<EventSender> events =
        logsTarget.map(logs -> eventSender(sources, producer, host, logs, interval, clock));
    long nanos = interval.toNanos();
    if (events.isPresent()) {
      var _ = thread.scheduleAtFixedRate(events.get()::send, nanos, nanos, TimeUnit.NANOSECONDS);
    }
    return new Emission(provider(producer, reader), producer, events);
  }

  /// Reader and producer joined; the SDK's metrics about itself are left out, since they would be
  /// sent as those of a service of no name.
  static SdkMeterProvider provider(MetricProducer producer, MetricReader reader) {
    return SdkMeterProvider.builder()
        .registerView(
            InstrumentSelector.builder().setName("*").build(),
            View.builder().setAggregation(Aggregation.drop()).build())
        .registerMetricProducer(producer)
        .registerMetricReader(reader)
        .build();
  }

  private static HostEmitter hostEmitter(Sources sources, Duration interval, Clock clock) {
    long startNanos = Nanos.of(clock.instant());
    long bootNanos = sources.hostUsage().bootTime().map(Nanos::of).orElse(startNanos);
    return new HostEmitter(
        resources(sources),
        sources.hostFacts(),
        sources.hostUsage()::read,
        startNanos,
        Math.min(bootNanos, startNanos),
        interval);
  }

  private static EntityResources resources(Sources sources) {
    return new EntityResources(sources.host(), sources.resourceAttributes(), sources.labels());
  }

  private static EventSender eventSender(
      Sources sources,
      SeriesProducer producer,
      HostEmitter host,
      ReceiverTarget target,
      Duration interval,
      Clock clock) {
    Answers answers = new Answers();
    NameEmitter names = new NameEmitter(sources.names(), host::resource);
    TranslationEmitter translations =
        new TranslationEmitter(sources.tracker()::series, host::resource);
    EntityEmitter entities =
        new EntityEmitter(producer::entities, host::resource, EventSender.REPORT_INTERVAL);
    return new EventSender(
        LogExporters.create(target, answers),
        answers,
        target.endpoint().toString(),
        interval,
        List.of(names::offer, translations::offer, entities::offer),
        () -> Nanos.of(Instant.now(clock)));
  }

  private static SeriesProducer producer(
      Sources sources,
      HostEmitter host,
      Duration interval,
      Clock clock,
      ConfirmingExporter exporter) {
    long startNanos = Nanos.of(clock.instant());
    EntityResources resources = resources(sources);
    Entities entities = new Entities(resources, sources.processes());
    return new SeriesProducer(
        sources.tracker(),
        sources.coverage(),
        entities,
        host,
        new ChosenProcesses(
            entities, sources.processes(), sources.containers(), sources.chosenProcesses()),
        new ContainerEmitter(
            resources,
            sources.containers(),
            sources.processes(),
            ContainerUsageReader.ofThisMachine()::read),
        new Rounds(startNanos, interval, Temporality.preferredBy(exporter)),
        exporter,
        () -> Nanos.of(Instant.now(clock)),
        System::nanoTime);
  }

  /// Sends once more, and ends within some seconds whether the receiver answers or not.
  @Override
  public void close() {
    producer.close();
    // The SDK waits up to 15 s for a receiver that does not answer.
    Thread closing = Thread.ofPlatform().daemon().name("probe-close").start(this::shutDown);
    try {
      closing.join(TIME_TO_CLOSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void shutDown() {
    provider.shutdown().join(TIME_TO_CLOSE.toSeconds(), TimeUnit.SECONDS);
    events.ifPresent(EventSender::close);
  }
}
