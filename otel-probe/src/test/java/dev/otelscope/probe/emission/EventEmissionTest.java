package dev.otelscope.probe.emission;

import static dev.otelscope.probe.tracking.SimulatedKernel.process;
import static dev.otelscope.probe.tracking.SimulatedKernel.tcp;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.probe.connection.SocketTuple;
import dev.otelscope.probe.connection.Tier;
import dev.otelscope.probe.container.Containers;
import dev.otelscope.probe.host.HostFacts;
import dev.otelscope.probe.host.HostIdentity;
import dev.otelscope.probe.process.LabelValues;
import dev.otelscope.probe.process.ProcessIdentity;
import dev.otelscope.probe.tracking.ConnectionTracker;
import dev.otelscope.probe.tracking.EphemeralPorts;
import dev.otelscope.probe.tracking.Reaches;
import dev.otelscope.probe.tracking.SimulatedKernel;
import dev.otelscope.probe.tracking.SimulatedTranslations;
import dev.otelscope.probe.tracking.TrackingRules;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Entity events and translations, as a receiver that reads them with the reference implementation
/// has them.
class EventEmissionTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long START = 1_000_000 * SECOND;
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final ProcessIdentity CURL = process(10);
  private static final ProcessIdentity NGINX = process(20);
  private static final String CONTAINER = "c".repeat(64);
  private static final String POD = "12345678-1234-1234-1234-123456789012";
  private static final HostIdentity HOST = new HostIdentity("h1", "machine", "box", "boot");

  private final RecordingReceiver receiver = new RecordingReceiver();
  private final SimulatedKernel kernel = new SimulatedKernel("1", "2");
  private final SimulatedTranslations translations = new SimulatedTranslations();
  private final FakeProcesses processes = new FakeProcesses();
  private final ConnectionTracker tracker =
      new ConnectionTracker(
          kernel,
          translations,
          new TrackingRules(EphemeralPorts.DEFAULT, Reaches.WITHOUT_LOCAL_NETWORKS, true));
  private final ReceiverTarget target = ReceiverTarget.http(receiver.base());
  private final Answers answers = new Answers();
  private final ConfirmingExporter exporter =
      new ConfirmingExporter(OtlpExporters.create(target, answers), answers, "receiver");
  private long now = START;
  private final EntityResources resources =
      new EntityResources(HOST, Map.of(), new LabelValues(List.of()));
  private final HostEmitter host =
      new HostEmitter(
          resources, EventEmissionTest::hostFacts, Optional::empty, START, START, INTERVAL);
  private final SeriesProducer producer = producer();
  private final SdkMeterProvider provider =
      Emission.provider(
          producer,
          PeriodicMetricReader.builder(exporter)
              .setInterval(Duration.ofDays(1)) // the tests say when
              .build());
  private final EventSender sender =
      new EventSender(
          LogExporters.create(target.forLogs(), new Answers()),
          new Answers(),
          "receiver",
          INTERVAL,
          List.of(
              new TranslationEmitter(tracker::series, host::resource)::offer,
              new EntityEmitter(producer::entities, host::resource, EventSender.REPORT_INTERVAL)
                  ::offer),
          () -> now);

  private static HostFacts hostFacts() {
    return new HostFacts(
        "linux",
        "6.18",
        "Debian",
        "amd64",
        List.of("10.0.0.1"),
        List.of(),
        List.of(),
        Optional.empty());
  }

  private SeriesProducer producer() {
    Entities entities = new Entities(resources, processes);
    return new SeriesProducer(
        tracker,
        () -> new Coverage(Tier.SOCK_DIAG, "", "", "", tracker.lost()),
        entities,
        host,
        new ChosenProcesses(entities, processes, Containers.WITHOUT_RUNTIME, List::of),
        new ContainerEmitter(
            resources, Containers.WITHOUT_RUNTIME, processes, container -> Optional.empty()),
        new Rounds(START, INTERVAL, Temporality.preferredBy(exporter)),
        exporter,
        () -> now,
        () -> now);
  }

  @AfterEach
  void stop() {
    sender.close();
    provider.close();
    receiver.close();
  }

  @Test
  void whatThereIsIsSaidAsEntityEvents() {
    processes.runs(CURL, "curl");
    processes.isIn("/kubepods/burstable/pod" + POD + "/" + CONTAINER, CURL);
    connect(CURL, 40_000);

    Map<String, Map<String, Object>> said = byType(round());

    assertThat(said).containsOnlyKeys("host", "process", "container");
    Map<String, Object> onHost =
        Map.of(
            "relationship.type", "runs_on",
            "entity.type", "host",
            "entity.id", Map.of("otelscope.host.id", "h1"));
    assertThat(said.get("host"))
        .containsEntry("entity.id", Map.of("otelscope.host.id", "h1"))
        .containsEntry("entity.relationships", List.of())
        .containsEntry("entity.report.interval", 30L);
    assertThat(said.get("process"))
        .containsEntry(
            "entity.id",
            Map.of(
                "otelscope.host.id", "h1",
                "process.pid", "10",
                "otelscope.process.start", "boot-1000"))
        .containsEntry(
            "entity.relationships",
            List.of(
                onHost,
                Map.of(
                    "relationship.type", "part_of",
                    "entity.type", "container",
                    "entity.id", Map.of("container.id", CONTAINER))));
    assertThat(description(said.get("process")))
        .containsEntry("process.executable.name", "curl")
        .containsEntry("process.parent_pid", 1L)
        .doesNotContainKeys("process.pid", "service.name", "otelscope.entity.type");
    assertThat(said.get("container"))
        .containsEntry("entity.id", Map.of("container.id", CONTAINER))
        .containsEntry(
            "entity.relationships",
            List.of(
                onHost,
                Map.of(
                    "relationship.type", "part_of",
                    "entity.type", "k8s.pod",
                    "entity.id", Map.of("k8s.pod.uid", POD))));
    assertThat(description(said.get("host")).get("host.ip")).isEqualTo(List.of("10.0.0.1"));
  }

  @Test
  void anEntityIsSaidAgainWhenItChangesAndAtEachInterval() {
    processes.runs(CURL, "sh");
    connect(CURL, 40_000);
    round();
    assertThat(round()).as("nothing is new").isEmpty();

    processes.runs(CURL, "curl");
    now += 5 * SECOND;
    assertThat(byType(round())).containsOnlyKeys("process");

    now += 30 * SECOND;
    assertThat(byType(round())).containsOnlyKeys("host", "process");
  }

  @Test
  void anEntityThatIsGoneIsSaidToBe() {
    processes.runs(CURL, "curl");
    SimulatedKernel.End end = connect(CURL, 40_000);
    round();
    end.close();
    List<LogRecord> said = new ArrayList<>();
    for (int second = 0; second < 29; second++) {
      said.addAll(round());
    }

    assertThat(said)
        .singleElement()
        .satisfies(log -> {
          assertThat(log.getEventName()).isEqualTo("entity.delete");
          assertThat(attributes(log).keySet()).containsExactly("entity.id", "entity.type");
        });
  }

  @Test
  void aTranslationIsSaidOnceForAllItsConnections() {
    processes.runs(CURL, "curl");
    processes.runs(NGINX, "nginx");
    for (int i = 0; i < 3; i++) {
      SocketTuple asked = tcp("10.0.0.1", 40_000 + i, "10.96.0.1", 80);
      SocketTuple accepted = tcp("10.0.2.7", 8080, "192.0.2.1", 50_000 + i);
      translations.translate(asked, accepted);
      kernel.open("1", asked).heldBy(CURL);
      kernel.open("2", accepted).heldBy(NGINX);
    }

    List<LogRecord> said =
        round().stream().filter(log -> log.getEventName().startsWith("otelscope")).toList();

    assertThat(said)
        .singleElement()
        .satisfies(log -> {
          assertThat(log.getEventName()).isEqualTo("otelscope.network.translation");
          assertThat(attributes(log))
              .isEqualTo(
                  Map.of(
                      "client.address", "10.0.0.1",
                      "server.address", "10.96.0.1",
                      "server.port", 80L,
                      "otelscope.client.translated_address", "192.0.2.1",
                      "network.peer.address", "10.0.2.7",
                      "network.peer.port", 8080L,
                      "network.transport", "tcp",
                      "otelscope.network.namespace", "1"));
        });
  }

  private SimulatedKernel.End connect(ProcessIdentity process, int port) {
    return kernel.open("1", tcp("10.0.0.1", port, "192.0.2.7", 443)).heldBy(process);
  }

  /// A round of metrics and one of events.
  ///
  /// @return the events that came
  private List<LogRecord> round() {
    now += SECOND;
    try {
      tracker.scan(kernel, now);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    assertThat(provider.forceFlush().join(10, TimeUnit.SECONDS).isDone()).isTrue();
    sender.send();
    Awaitility.await().until(sender::isIdle);
    return receiver.takeLogs();
  }

  private static Map<String, Map<String, Object>> byType(List<LogRecord> logs) {
    assertThat(logs).extracting(LogRecord::getEventName).containsOnly("entity.state");
    return logs.stream()
        .map(EventEmissionTest::attributes)
        .collect(Collectors.toMap(log -> String.valueOf(log.get("entity.type")), log -> log));
  }

  private static Map<String, Object> attributes(LogRecord log) {
    return map(log.getAttributesList());
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> description(@Nullable Map<String, Object> event) {
    return (Map<String, Object>) requireNonNull(requireNonNull(event).get("entity.description"));
  }

  private static Map<String, Object> map(List<KeyValue> pairs) {
    Map<String, Object> map = new TreeMap<>();
    pairs.forEach(pair -> map.put(pair.getKey(), value(pair.getValue())));
    return map;
  }

  private static Object value(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case INT_VALUE -> value.getIntValue();
      case KVLIST_VALUE -> map(value.getKvlistValue().getValuesList());
      case ARRAY_VALUE ->
          value.getArrayValue().getValuesList().stream().map(EventEmissionTest::value).toList();
      default -> throw new AssertionError("not expected: " + value);
    };
  }
}
