package dev.otelscope.probe.emission;

import static dev.otelscope.probe.tracking.SimulatedKernel.process;
import static dev.otelscope.probe.tracking.SimulatedKernel.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.model.IpAddress;
import dev.otelscope.model.MetricNames;
import dev.otelscope.model.Transport;
import dev.otelscope.probe.connection.DurationCounts;
import dev.otelscope.probe.connection.PastConnections;
import dev.otelscope.probe.connection.Socket.Direction;
import dev.otelscope.probe.connection.SocketTuple;
import dev.otelscope.probe.connection.Tier;
import dev.otelscope.probe.container.Containers;
import dev.otelscope.probe.emission.RecordingReceiver.Received;
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
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EmissionTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long START = 1_000_000 * SECOND;
  private static final ProcessIdentity CURL = process(10);
  private static final ProcessIdentity NGINX = process(20);
  private static final Map<String, String> SHARED =
      Map.of("deployment.environment.name", "prod", "otelscope.entity.type", "planet");
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
  private final Answers answers = new Answers();
  private final ConfirmingExporter exporter =
      new ConfirmingExporter(
          OtlpExporters.create(ReceiverTarget.http(receiver.base()), answers), answers, "receiver");
  private long now = START;
  private HostFacts facts = hostFacts("10.0.0.1");
  private final SeriesProducer producer = producer();
  private final SdkMeterProvider provider =
      Emission.provider(
          producer,
          PeriodicMetricReader.builder(exporter)
              .setInterval(Duration.ofDays(1)) // the tests say when
              .setMaxExportBatchSize(100)
              .build());

  private SeriesProducer producer() {
    EntityResources resources = new EntityResources(HOST, SHARED, new LabelValues(List.of()));
    Entities entities = new Entities(resources, processes);
    Duration interval = Duration.ofSeconds(1);
    return new SeriesProducer(
        tracker,
        () -> new Coverage(Tier.SOCK_DIAG, "give CAP_BPF", "", "", tracker.lost()),
        entities,
        new HostEmitter(resources, () -> facts, Optional::empty, START, START, interval),
        new ChosenProcesses(entities, processes, Containers.WITHOUT_RUNTIME, () -> List.of()),
        new ContainerEmitter(
            resources, Containers.WITHOUT_RUNTIME, processes, container -> Optional.empty()),
        new Rounds(START, interval, Temporality.preferredBy(exporter)),
        exporter,
        () -> now,
        () -> now);
  }

  @AfterEach
  void stop() {
    provider.close();
    receiver.close();
  }

  @Test
  void aConnectionIsSaidAsTheContractHasIt() {
    processes.runs(CURL, "curl");
    round();
    connect(CURL, 40_000).sends(100).receives(50);
    round();

    List<Received> points = of(MetricNames.CONNECTION_OPENED, receiver.take());
    assertThat(points).hasSize(1);
    Received opened = points.getFirst();
    assertThat(opened.attributes())
        .isEqualTo(
            Map.of(
                "otelscope.connection.role", "client",
                "client.address", "10.0.0.1",
                "server.address", "192.0.2.7",
                "server.port", "443",
                "network.transport", "tcp",
                "network.type", "ipv4",
                "otelscope.address.scope", "global"));
    assertThat(opened.resource())
        .containsEntry("service.name", "otelscope-probe")
        .containsEntry("service.instance.id", "process~h1~10~boot-1000")
        .containsEntry("otelscope.entity.type", "process")
        .containsEntry("otelscope.host.id", "h1")
        .containsEntry("process.pid", "10")
        .containsEntry("otelscope.process.start", "boot-1000")
        .containsEntry("process.executable.name", "curl")
        .containsEntry("process.command_line", "curl -v")
        .containsEntry("otelscope.network.namespace", "1")
        .containsEntry("deployment.environment.name", "prod");
    assertThat(opened.value()).isEqualTo(1);
    assertThat(opened.point().getStartTimeUnixNano()).isEqualTo(START + SECOND);
    assertThat(opened.point().getTimeUnixNano()).isEqualTo(START + 2 * SECOND);
  }

  @Test
  void someConnectionsAreNamedInExemplars() {
    processes.runs(CURL, "curl");
    round();
    connect(CURL, 40_000);
    round();
    List<Received> first = receiver.take();
    now += 30 * SECOND;
    round();
    List<Received> refreshed = receiver.take();

    assertThat(named(MetricNames.CONNECTION_OPENED, first))
        .isEqualTo(named(MetricNames.CONNECTION_ACTIVE, first))
        .containsExactly(
            Map.of(
                "otelscope.tuple.client.address", "10.0.0.1",
                "otelscope.tuple.client.port", "40000",
                "otelscope.tuple.server.address", "192.0.2.7",
                "otelscope.tuple.server.port", "443"));
    Exemplar exemplar = of(MetricNames.CONNECTION_OPENED, first).getFirst().point().getExemplars(0);
    assertThat(exemplar.getAsInt()).isEqualTo(1);
    assertThat(exemplar.getTimeUnixNano()).isEqualTo(START + 2 * SECOND);
    assertThat(exemplar.getTraceId().isEmpty()).isTrue();
    assertThat(named(MetricNames.CONNECTION_ACTIVE, refreshed)).as("open as before").hasSize(1);
    assertThat(named(MetricNames.CONNECTION_OPENED, refreshed)).as("none was opened").isEmpty();
  }

  private static List<Map<String, String>> named(String metric, List<Received> points) {
    return of(metric, points).stream()
        .flatMap(point -> point.point().getExemplarsList().stream())
        .map(exemplar -> RecordingReceiver.map(exemplar.getFilteredAttributesList()))
        .toList();
  }

  @Test
  void aTranslatedConnectionSaysWhatWasAskedForAndWhereItsPacketsGo() {
    processes.runs(CURL, "curl");
    processes.runs(NGINX, "nginx");
    round();
    SocketTuple asked = tcp("10.0.0.1", 40_000, "10.96.0.1", 80);
    SocketTuple accepted = tcp("10.0.2.7", 8080, "192.0.2.1", 50_000);
    translations.translate(asked, accepted);
    kernel.open("1", asked).heldBy(CURL);
    kernel.open("2", accepted).heldBy(NGINX);
    round();

    List<Received> points = of(MetricNames.CONNECTION_OPENED, receiver.take());
    assertThat(points).hasSize(2);
    assertThat(pointOf("client", points).attributes())
        .containsEntry("client.address", "10.0.0.1")
        .containsEntry("server.address", "10.96.0.1")
        .containsEntry("server.port", "80")
        .containsEntry("network.peer.address", "10.0.2.7")
        .containsEntry("network.peer.port", "8080")
        .containsEntry("otelscope.client.translated_address", "192.0.2.1")
        .containsEntry("otelscope.peer", "process~h1~20~boot-2000");
    assertThat(pointOf("server", points).attributes())
        .containsEntry("client.address", "10.0.0.1")
        .containsEntry("server.address", "10.0.2.7")
        .containsEntry("server.port", "8080")
        .containsEntry("network.peer.address", "192.0.2.1")
        .doesNotContainKey("network.peer.port")
        .doesNotContainKey("otelscope.client.translated_address");
  }

  private static Received pointOf(String role, List<Received> points) {
    return points.stream()
        .filter(point -> role.equals(point.attributes().get("otelscope.connection.role")))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everySumIsCumulativeAndOnlyCountersAreMonotonic() {
    processes.runs(CURL, "curl");
    round();
    connect(CURL, 40_000);
    kernel.listen("1", Transport.TCP, "10.0.0.1", 80, CURL);
    round();

    List<Metric> sums =
        receiver.takeRequests().stream()
            .flatMap(request -> request.getResourceMetricsList().stream())
            .flatMap(resource -> resource.getScopeMetricsList().stream())
            .flatMap(scope -> scope.getMetricsList().stream())
            .filter(Metric::hasSum)
            .toList();
    assertThat(sums)
        .isNotEmpty()
        .allSatisfy(metric -> {
          assertThat(metric.getSum().getAggregationTemporality())
              .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
          assertThat(metric.getSum().getIsMonotonic())
              .as(metric.getName())
              .isEqualTo(
                  !List.of(
                          MetricNames.CONNECTION_ACTIVE,
                          MetricNames.LISTENER,
                          MetricNames.PROCESS_MEMORY_USAGE,
                          MetricNames.PROCESS_THREAD_COUNT,
                          MetricNames.PROCESS_DESCRIPTOR_COUNT)
                      .contains(metric.getName()));
        });
  }

  @Test
  void onlyWhatChangedIsSaidAgainAndTheHeartbeat() {
    processes.runs(CURL, "curl");
    connect(CURL, 40_000);
    SimulatedKernel.End busy = connect(CURL, 40_001, "192.0.2.8");
    round();
    receiver.take();
    busy.sends(10);
    round();

    assertThat(receiver.take())
        .extracting(Received::metric)
        .containsExactlyInAnyOrder(MetricNames.CONNECTION_IO, MetricNames.PROBE_COVERAGE);
  }

  @Test
  void everySeriesIsSaidAtLeastEachThirtySeconds() {
    connect(CURL, 40_000);
    round();
    receiver.take();
    int quiet = 0;
    while (of(MetricNames.CONNECTION_ACTIVE, tick()).isEmpty()) {
      quiet++;
    }

    assertThat(quiet).isEqualTo(29);
  }

  @Test
  void afterAFailedExportTheNextOneSaysEverything() {
    connect(CURL, 40_000).sends(5);
    round();
    receiver.take();
    receiver.answers(503);
    round();
    receiver.take();
    receiver.answers(200);
    round();

    assertThat(receiver.take())
        .extracting(Received::metric)
        .contains(
            MetricNames.CONNECTION_ACTIVE,
            MetricNames.CONNECTION_OPENED,
            MetricNames.CONNECTION_IO);
  }

  @Test
  void aReceiverThatKeepsFailingIsAskedMoreAndMoreRarely() {
    receiver.answers(503);
    int asked = 0;
    for (int second = 0; second < 60; second++) {
      round();
      asked += receiver.takeRequests().size();
    }

    assertThat(asked).isBetween(8, 12);
    assertThat(answers.lastRefusal().reason()).isEqualTo("HTTP 503 Service Unavailable");
  }

  @Test
  void anEndedSeriesIsForgottenAfterTwoExportsOfItsLastValueThatArrived() {
    round();
    SimulatedKernel.End end = connect(CURL, 40_000).sends(77);
    round();
    end.close();
    List<Received> last = List.of();
    int rounds = 0;
    while (!tracker.series().isEmpty()) {
      receiver.answers(rounds == 17 ? 503 : 200); // one of them does not arrive
      last = tick();
      rounds++;
      assertThat(rounds).isLessThan(60);
    }
    assertThat(rounds).as("five scans, ten quiet seconds, two farewells, a failure").isLessThan(25);
    assertThat(of(MetricNames.CONNECTION_IO, last)).isEmpty();
  }

  @Test
  void aProcessThatExecutesAnotherProgramEndsItsSeriesAndBeginsNewOnes() {
    processes.runs(CURL, "sh");
    round();
    SimulatedKernel.End end = connect(CURL, 40_000).sends(100);
    round();
    receiver.take();
    processes.runs(CURL, "curl");
    end.sends(11);
    for (int second = 0; second < 5; second++) {
      round();
    }
    end.sends(5);
    for (int second = 0; second < 3; second++) {
      round();
    }

    List<Received> points = of(MetricNames.CONNECTION_IO, receiver.take());
    double old = greatest("sh", points);
    double fresh = greatest("curl", points);
    assertThat(old).isEqualTo(111);
    assertThat(fresh).isEqualTo(5);
  }

  @Test
  void whatTheKernelAddedUpIsSaidWithCausesResetsAndDurations() {
    round();
    kernel.past("1", twoOpenedAndThreeRefused());
    round();
    List<ExportMetricsServiceRequest> requests = receiver.takeRequests();
    kernel.past("1", twoOpenedAndThreeRefused());
    round();

    List<Received> points = receiver.take();
    assertThat(of(MetricNames.CONNECTION_RESET, points))
        .singleElement()
        .satisfies(point -> assertThat(point.value()).isEqualTo(2));
    assertThat(of(MetricNames.CONNECTION_FAILED, points))
        .singleElement()
        .satisfies(point -> {
          assertThat(point.value()).isEqualTo(6);
          assertThat(point.attributes()).containsEntry("error.type", "refused");
        });
    ExponentialHistogram histogram = durations(requests).getFirst();
    assertThat(histogram.getAggregationTemporality())
        .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
    ExponentialHistogramDataPoint durations = histogram.getDataPoints(0);
    assertThat(durations.getCount()).isEqualTo(2);
    assertThat(durations.getScale()).isZero();
    assertThat(durations.getSum()).isEqualTo(3);
    assertThat(durations.getPositive().getOffset()).as("2^0 s").isZero();
    assertThat(durations.getPositive().getBucketCountsList()).containsExactly(2L);
  }

  @Test
  void durationsAreSaidEveryFiveSecondsAndAtTheEnd() throws IOException {
    kernel.past("1", twoOpenedAndThreeRefused());
    round();
    assertThat(durations(receiver.takeRequests())).as("the first").hasSize(1);
    for (int seconds = 1; seconds < 5; seconds++) {
      kernel.past("1", twoOpenedAndThreeRefused());
      round();
      assertThat(durations(receiver.takeRequests())).as("after " + seconds + " s").isEmpty();
    }
    round();
    assertThat(durations(receiver.takeRequests()))
        .singleElement()
        .satisfies(said -> assertThat(said.getDataPoints(0).getCount()).isEqualTo(10));

    kernel.past("1", twoOpenedAndThreeRefused());
    tracker.scan(kernel, now);
    producer.close();
    provider.close();
    assertThat(durations(receiver.takeRequests()))
        .singleElement()
        .satisfies(said -> assertThat(said.getDataPoints(0).getCount()).isEqualTo(12));
  }

  private static List<ExponentialHistogram> durations(List<ExportMetricsServiceRequest> requests) {
    return requests.stream()
        .flatMap(request -> request.getResourceMetricsList().stream())
        .flatMap(resource -> resource.getScopeMetricsList().stream())
        .flatMap(scope -> scope.getMetricsList().stream())
        .filter(metric -> metric.getName().equals(MetricNames.CONNECTION_DURATION))
        .map(Metric::getExponentialHistogram)
        .toList();
  }

  private static PastConnections twoOpenedAndThreeRefused() {
    int[] durations = new int[DurationCounts.BUCKETS];
    durations[20] = 2; // of one to two seconds
    return new PastConnections(
        Direction.OUTBOUND,
        Optional.of(CURL),
        IpAddress.parse("10.0.0.1"),
        IpAddress.parse("192.0.2.7"),
        443,
        Optional.empty(),
        2,
        1,
        3,
        0,
        0,
        0,
        10,
        20,
        0,
        3 * SECOND,
        new DurationCounts(durations),
        List.of());
  }

  @Test
  void aListenerThatIsGoneSaysZero() {
    kernel.listen("1", Transport.TCP, "10.0.0.1", 80, NGINX);
    round();
    assertThat(of(MetricNames.LISTENER, receiver.take()))
        .singleElement()
        .satisfies(point -> assertThat(point.value()).isEqualTo(1));
    kernel.stopListening(80);
    round();

    assertThat(of(MetricNames.LISTENER, receiver.take()))
        .singleElement()
        .satisfies(point -> {
          assertThat(point.value()).isZero();
          assertThat(point.attributes())
              .isEqualTo(
                  Map.of(
                      "server.address", "10.0.0.1",
                      "server.port", "80",
                      "network.transport", "tcp"));
        });
  }

  @Test
  void theHeartbeatSaysTierReasonStartAndInterval() {
    round();

    Received beat = of(MetricNames.PROBE_COVERAGE, receiver.take()).getFirst();
    assertThat(beat.resource()).containsEntry("otelscope.entity.type", "host");
    assertThat(beat.attributes())
        .isEqualTo(
            Map.of(
                "otelscope.probe.tier", "2",
                "otelscope.probe.reason", "give CAP_BPF",
                "otelscope.probe.start", Long.toString(START),
                "otelscope.probe.export_interval", "1.0"));
  }

  @Test
  void thePeerOnThisHostIsNamedByItsTextId() {
    kernel.listen("2", Transport.TCP, "10.0.0.2", 80, NGINX);
    kernel.open("1", tcp("10.0.0.1", 40_000, "10.0.0.2", 80)).heldBy(CURL);
    kernel.open("2", tcp("10.0.0.2", 80, "10.0.0.1", 40_000)).heldBy(NGINX);
    round();

    assertThat(of(MetricNames.CONNECTION_ACTIVE, receiver.take()))
        .extracting(point -> point.attributes().get("otelscope.peer"))
        .containsExactlyInAnyOrder("process~h1~20~boot-2000", "process~h1~10~boot-1000");
  }

  @Test
  void aHostThatGetsAnotherAddressGoesOnUnderIt() {
    round();
    receiver.take();
    facts = hostFacts("10.0.0.9");
    round();

    assertThat(receiver.take())
        .singleElement()
        .satisfies(point -> assertThat(point.resource().get("host.ip")).contains("10.0.0.9"));
  }

  @Test
  void manyPointsGoInSeveralRequests() {
    round();
    receiver.take();
    for (int i = 0; i < 100; i++) {
      connect(CURL, 40_000 + i, "192.0.2." + (1 + i));
    }
    round();

    List<ExportMetricsServiceRequest> requests = receiver.takeRequests();
    assertThat(requests).hasSizeGreaterThan(5);
    assertThat(requests)
        .allMatch(request ->
            request.getResourceMetricsList().stream()
                    .flatMap(resource -> resource.getScopeMetricsList().stream())
                    .flatMap(scope -> scope.getMetricsList().stream())
                    .mapToInt(metric -> RecordingReceiver.pointsOf(metric).size())
                    .sum()
                <= 100);
  }

  @Test
  void pointsThatAnAcceptingAnswerRefusesAreCounted() {
    receiver.answers(200, new byte[] {0x0A, 0x02, 0x08, 0x07}); // partial_success {rejected: 7}
    round();

    assertThat(answers.rejectedPoints()).isEqualTo(7);
  }

  private SimulatedKernel.End connect(ProcessIdentity process, int port) {
    return connect(process, port, "192.0.2.7");
  }

  private SimulatedKernel.End connect(ProcessIdentity process, int port, String to) {
    return kernel.open("1", tcp("10.0.0.1", port, to, 443)).heldBy(process);
  }

  private void round() {
    now += SECOND;
    try {
      tracker.scan(kernel, now);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    assertThat(provider.forceFlush().join(10, TimeUnit.SECONDS).isDone()).isTrue();
  }

  private List<Received> tick() {
    round();
    return receiver.take();
  }

  private static double greatest(String program, List<Received> points) {
    return points.stream()
        .filter(point -> program.equals(point.resource().get("process.executable.name")))
        .mapToDouble(Received::value)
        .max()
        .orElseThrow();
  }

  private static List<Received> of(String metric, List<Received> points) {
    return points.stream().filter(point -> point.metric().equals(metric)).toList();
  }

  private static HostFacts hostFacts(String address) {
    return new HostFacts(
        "linux", "12", "Debian", "amd64", List.of(address), List.of(), List.of(), Optional.empty());
  }
}
