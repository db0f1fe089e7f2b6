package dev.otelscope.probe.emission;

import static dev.otelscope.probe.tracking.SimulatedKernel.process;
import static dev.otelscope.probe.tracking.SimulatedKernel.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.probe.connection.Tier;
import dev.otelscope.probe.connection.Translations;
import dev.otelscope.probe.container.ContainerNetwork;
import dev.otelscope.probe.container.ContainerState;
import dev.otelscope.probe.container.ContainerUsage;
import dev.otelscope.probe.container.Containers;
import dev.otelscope.probe.container.FakeRuntime;
import dev.otelscope.probe.emission.RecordingReceiver.Received;
import dev.otelscope.probe.host.HostFacts;
import dev.otelscope.probe.host.HostIdentity;
import dev.otelscope.probe.kernel.NetworkDevices.Traffic;
import dev.otelscope.probe.process.LabelValues;
import dev.otelscope.probe.process.ProcessIdentity;
import dev.otelscope.probe.tracking.ConnectionTracker;
import dev.otelscope.probe.tracking.EphemeralPorts;
import dev.otelscope.probe.tracking.Reaches;
import dev.otelscope.probe.tracking.SimulatedKernel;
import dev.otelscope.probe.tracking.TrackingRules;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContainerEmissionTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long START = 1_000_000 * SECOND;
  private static final String ID = "0123456789abcdef".repeat(4);
  private static final String POD = "6f2c1a5e-93a4-4b43-8b0e-5a1f4e7d9c01";
  private static final ProcessIdentity SIDECAR = process(21);
  private static final ProcessIdentity NGINX = process(20);
  private static final HostIdentity HOST = new HostIdentity("h1", "machine", "box", "boot");

  private final RecordingReceiver receiver = new RecordingReceiver();
  private final SimulatedKernel kernel = new SimulatedKernel("1");
  private final FakeProcesses processes = new FakeProcesses();
  private final FakeRuntime runtime = new FakeRuntime();
  private final ConnectionTracker tracker =
      new ConnectionTracker(
          kernel,
          Translations.NONE,
          new TrackingRules(EphemeralPorts.DEFAULT, Reaches.WITHOUT_LOCAL_NETWORKS, true));
  private long now = START;
  private Optional<ContainerUsage> usage = used(10);
  private SdkMeterProvider provider = provider(new Containers(List.of(runtime), true));

  @AfterEach
  void stop() {
    provider.close();
    receiver.close();
  }

  @Test
  void aProcessSaysWhichContainerAndPodItIsIn() {
    nginxRunsIn("/kubepods/burstable/pod" + POD + "/" + ID);

    assertThat(resource("process", round()))
        .containsEntry("service.instance.id", "process~h1~20~boot-2000")
        .containsEntry("container.id", ID)
        .containsEntry("k8s.pod.uid", POD);
  }

  @Test
  void aProcessThatWasGoneBeforeItWasAskedSaysWhatIsLeftOfIt() {
    processes.wasGone(NGINX, "curl");
    processes.isIn("/docker/" + ID, NGINX);
    kernel.open("1", tcp("10.0.0.1", 40_000, "192.0.2.7", 443)).heldBy(NGINX);
    runtime.has(ID, "job", ContainerState.EXITED, 0);

    List<Received> round = round();
    assertThat(resource("process", round))
        .containsEntry("process.pid", "20")
        .containsEntry("process.executable.name", "curl")
        .containsEntry("container.id", ID)
        .doesNotContainKeys("process.command_line", "process.parent_pid", "process.vpid");
    assertThat(resource("container", round)).containsEntry("container.name", "job");
  }

  @Test
  void withoutRuntimeAContainerIsSaidByItsId() {
    provider.close();
    provider = provider(Containers.WITHOUT_RUNTIME);
    receiver.take();
    nginxRunsIn(
        "/kubepods.slice/kubepods-pod" + POD.replace('-', '_') + ".slice/crio-" + ID + ".scope");

    assertThat(resource("container", round()))
        .containsEntry("service.instance.id", "container~" + ID)
        .containsEntry("container.id", ID)
        .containsEntry("container.runtime.name", "cri-o")
        .containsEntry("k8s.pod.uid", POD)
        .containsEntry("otelscope.host.id", "h1")
        .doesNotContainKey("container.name");
  }

  @Test
  void aContainerWaitsForItsNameBecauseItsResourceMustNotChange() {
    nginxRunsIn("/docker/" + ID);
    assertThat(resourcesOf("container", round())).isEmpty();

    runtime.has(ID, "web", ContainerState.RUNNING, 20);
    assertThat(resource("container", round()))
        .containsEntry("container.name", "web")
        .containsEntry("container.runtime.name", "fake")
        .containsEntry("container.image.name", "shop/web")
        .containsEntry("otelscope.container.hostname", "host-of-web")
        .containsEntry("container.label.io.kubernetes.pod.name", "pod-of-web")
        .containsEntry("k8s.pod.name", "pod-of-web");
  }

  @Test
  void aContainerThatNobodyNamesIsSaidAfterTwoSeconds() {
    nginxRunsIn("/docker/" + ID);
    round();
    assertThat(resourcesOf("container", round())).isEmpty();

    assertThat(resource("container", round())).containsEntry("container.runtime.name", "docker");
  }

  @Test
  void countersCountFromTheFirstRound() {
    runtime.has(ID, "web", ContainerState.RUNNING, 20);
    nginxRunsIn("/docker/" + ID);
    round();
    usage = used(12);

    Map<String, Double> values = values(round(5));
    assertThat(values)
        .containsEntry("container.cpu.time{cpu.mode=user}", 2.0)
        .containsEntry("container.disk.io{disk.io.direction=read}", 2.0)
        .containsEntry(
            "container.network.io{network.interface.name=eth0, network.io.direction=receive}", 2.0)
        .containsEntry(
            "container.network.io{network.interface.name=eth0, network.io.direction=transmit}",
            4.0);
  }

  @Test
  void whatGoesThroughTheDevicesOfAPodIsOfNoneOfItsContainers() {
    String other = "b".repeat(64);
    runtime.has(ID, "web", ContainerState.RUNNING, 20);
    runtime.has(other, "sidecar", ContainerState.RUNNING, 21);
    nginxRunsIn("/docker/" + ID);
    processes.runs(SIDECAR, "envoy");
    processes.isIn("/docker/" + other, SIDECAR);
    round();

    assertThat(round(31))
        .extracting(Received::metric)
        .contains("container.memory.usage")
        .doesNotContain("container.network.io");
  }

  @Test
  void levelsAndLimitsAreSaidAsTheyAre() {
    runtime.has(ID, "web", ContainerState.RUNNING, 20);
    nginxRunsIn("/docker/" + ID);

    assertThat(values(round()))
        .containsEntry("container.memory.usage{}", 4096.0)
        .containsEntry("otelscope.container.cpu.limit{}", 1.5)
        .containsEntry("otelscope.container.memory.limit{}", 8192.0)
        .containsEntry("otelscope.container.state{otelscope.state=running}", 1.0);
  }

  @Test
  void aContainerWithoutConnectionsIsSaidWhenItsMainProcessIsKnown() {
    processes.runs(NGINX, "nginx");
    processes.isIn("/docker/" + ID, NGINX);
    runtime.has(ID, "web", ContainerState.RUNNING, 20);

    assertThat(values(round())).containsEntry("container.memory.usage{}", 4096.0);
  }

  @Test
  void aProbeOfAPartOfTheMachineSaysOnlyContainersThatItMeets() {
    provider.close();
    provider = provider(new Containers(List.of(runtime), false));
    receiver.take();
    runtime.has(ID, "web", ContainerState.RUNNING, 20);
    assertThat(resourcesOf("container", round())).isEmpty();

    nginxRunsIn("/docker/" + ID);
    assertThat(resource("container", round())).containsEntry("container.name", "web");
  }

  @Test
  void aContainerThatNeverRanHereIsNotSaid() {
    runtime.has(ID, "web", ContainerState.EXITED, 0);

    assertThat(resourcesOf("container", round())).isEmpty();
  }

  @Test
  void aStateThatChangedIsSaidWithTheOneBefore() {
    runtime.has(ID, "web", ContainerState.RUNNING, 20);
    nginxRunsIn("/docker/" + ID);
    round();
    runtime.has(ID, "web", ContainerState.PAUSED, 20);

    assertThat(values(round()))
        .containsEntry("otelscope.container.state{otelscope.state=running}", 0.0)
        .containsEntry("otelscope.container.state{otelscope.state=paused}", 1.0);
  }

  @Test
  void aStoppedContainerStaysAsLongAsItsRuntimeListsIt() {
    runtime.has(ID, "web", ContainerState.RUNNING, 20);
    round();
    runtime.has(ID, "web", ContainerState.EXITED, 0);
    assertThat(values(round()))
        .containsEntry("otelscope.container.state{otelscope.state=exited}", 1.0);

    assertThat(values(round(31)))
        .containsEntry("otelscope.container.state{otelscope.state=exited}", 1.0);
  }

  @Test
  void aContainerThatWasRemovedAtOnceIsSaidToHaveExitedUntilThatArrived() {
    runtime.has(ID, "web", ContainerState.RUNNING, 20);
    usage = Optional.empty();
    round();
    runtime.removed(ID);

    String exited = "otelscope.container.state{otelscope.state=exited}";
    assertThat(values(round())).containsEntry(exited, 1.0);
    assertThat(values(round())).containsEntry(exited, 1.0);
    round();
    assertThat(values(round(31))).doesNotContainKey(exited);
  }

  @Test
  void aRenamedContainerGoesOnInAResourceOfItsOwnWithCountersFromZero() {
    runtime.has(ID, "web", ContainerState.RUNNING, 20);
    nginxRunsIn("/docker/" + ID);
    round();
    usage = used(12);
    round(5);
    runtime.has(ID, "shop", ContainerState.RUNNING, 20);

    List<Received> renamed = round();
    assertThat(resource("container", renamed)).containsEntry("container.name", "shop");
    assertThat(values(renamed)).containsEntry("container.cpu.time{cpu.mode=user}", 0.0);
  }

  @Test
  void aContainerThatWasStartedAgainCountsFromZeroAgain() {
    runtime.has(ID, "web", ContainerState.RUNNING, 20);
    nginxRunsIn("/docker/" + ID);
    round();
    usage = used(12);
    round(5);
    usage = used(1);

    assertThat(values(round(5))).containsEntry("container.cpu.time{cpu.mode=user}", 0.0);
  }

  @Test
  void whenARuntimeFallsSilentItsContainersKeepTheirNames() {
    runtime.has(ID, "web", ContainerState.RUNNING, 20);
    nginxRunsIn("/docker/" + ID);
    round();
    runtime.removed(ID);

    assertThat(resource("container", round(31))).containsEntry("container.name", "web");
  }

  private void nginxRunsIn(String cgroup) {
    processes.runs(NGINX, "nginx");
    processes.isIn(cgroup, NGINX);
    kernel.open("1", tcp("10.0.0.1", 40_000, "192.0.2.7", 443)).heldBy(NGINX);
  }

  private static Optional<ContainerUsage> used(long much) {
    return Optional.of(
        new ContainerUsage(
            much,
            0,
            4096,
            much,
            0,
            OptionalDouble.of(1.5),
            OptionalLong.of(8192),
            Optional.of(
                new ContainerNetwork("4026532000", Map.of("eth0", new Traffic(much, 2 * much))))));
  }

  private List<Received> round() {
    return round(1);
  }

  private List<Received> round(int seconds) {
    now += seconds * SECOND;
    try {
      tracker.scan(kernel, now);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    assertThat(provider.forceFlush().join(10, TimeUnit.SECONDS).isDone()).isTrue();
    return receiver.take();
  }

  private static List<String> resourcesOf(String type, List<Received> points) {
    return points.stream()
        .filter(point -> type.equals(point.resource().get("otelscope.entity.type")))
        .map(point -> String.valueOf(point.resource().get("service.instance.id")))
        .distinct()
        .toList();
  }

  private static Map<String, String> resource(String type, List<Received> points) {
    return points.stream()
        .map(Received::resource)
        .filter(resource -> type.equals(resource.get("otelscope.entity.type")))
        .findFirst()
        .orElseThrow();
  }

  /// Values of the container by metric and attributes.
  private static Map<String, Double> values(List<Received> points) {
    return points.stream()
        .filter(point -> "container".equals(point.resource().get("otelscope.entity.type")))
        .collect(Collectors.toMap(point -> point.metric() + point.attributes(), Received::value));
  }

  private SdkMeterProvider provider(Containers containers) {
    EntityResources resources = new EntityResources(HOST, Map.of(), new LabelValues(List.of()));
    Entities entities = new Entities(resources, processes);
    Duration interval = Duration.ofSeconds(1);
    Answers answers = new Answers();
    ConfirmingExporter exporter =
        new ConfirmingExporter(
            OtlpExporters.create(ReceiverTarget.http(receiver.base()), answers),
            answers,
            "receiver");
    HostFacts facts =
        new HostFacts(
            "linux", "12", "Debian", "amd64", List.of(), List.of(), List.of(), Optional.empty());
    SeriesProducer producer =
        new SeriesProducer(
            tracker,
            () -> new Coverage(Tier.SOCK_DIAG, "", "", "", tracker.lost()),
            entities,
            new HostEmitter(resources, () -> facts, Optional::empty, START, START, interval),
            new ChosenProcesses(entities, processes, containers, () -> List.of()),
            new ContainerEmitter(resources, containers, processes, container -> usage),
            new Rounds(START, interval, Temporality.preferredBy(exporter)),
            exporter,
            () -> now,
            () -> now);
    return Emission.provider(
        producer,
        PeriodicMetricReader.builder(exporter)
            .setInterval(Duration.ofDays(1)) // the tests say when
            .build());
  }
}
