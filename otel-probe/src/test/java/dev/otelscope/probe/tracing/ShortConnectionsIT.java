package dev.otelscope.probe.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.probe.Requires;
import dev.otelscope.probe.Requires.Need;
import dev.otelscope.probe.TestNamespace;
import dev.otelscope.probe.connection.ConnectionSource;
import dev.otelscope.probe.connection.OpenNamespaces;
import dev.otelscope.probe.connection.Recorder;
import dev.otelscope.probe.container.ContainerCgroup;
import dev.otelscope.probe.kernel.NamespaceSelection;
import dev.otelscope.probe.process.ProcessIdentity;
import dev.otelscope.probe.process.ProcessTrace;
import dev.otelscope.probe.tracing.LoadNetwork.Pair;
import dev.otelscope.probe.tracking.ConnectionTracker;
import dev.otelscope.probe.tracking.LocalEntity;
import dev.otelscope.probe.tracking.Role;
import dev.otelscope.probe.tracking.Series;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs that connect, ask once and are done, and servers whose workers share a listener: every
/// connection is counted once at both ends, in the series of exactly the two processes that had it,
/// and of each process is known in which container it was, though most are gone.
@Requires({Need.ROOT, Need.IPROUTE2, Need.EBPF, Need.NGINX, Need.PYTHON})
class ShortConnectionsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private final ConnectionTracker tracker = KernelOnlyTracker.create();
  private LoadNetwork network;
  private ConnectionSource source;
  private long now;

  @BeforeEach
  void connectFourNamespaces() throws Exception {
    network = new LoadNetwork(folder);
    source = open(network.near, network.beside, network.far, network.farther);
    scan();
  }

  private static ConnectionSource open(TestNamespace... namespaces) throws IOException {
    Set<String> names =
        Stream.of(namespaces).map(TestNamespace::name).collect(Collectors.toUnmodifiableSet());
    return new EbpfTier(new NamespaceSelection(names)).open(new OpenNamespaces());
  }

  @AfterEach
  void removeThem() throws Exception {
    source.close();
    network.close();
    assertThat(tracker.lost()).isEmpty();
  }

  @Test
  void everyConnectionIsCountedInTheSeriesOfItsTwoProcesses() throws Exception {
    network.startServers();
    network.load(client -> {
      scan();
      boolean _ = client.join(Duration.ofMillis(200));
    });

    eventually(() -> {
      assertThat(differences(counted(Role.CLIENT), network.made())).isEmpty();
      assertThat(differences(counted(Role.SERVER), network.made())).isEmpty();
    });
    assertThat(network.made().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(LoadNetwork.CLIENTS * LoadNetwork.EACH);
    assertThat(tracker.series()).allSatisfy(this::isComplete).allSatisfy(this::isInItsContainer);
  }

  /// Scans all the time meet connections in every moment of their short lives. What a scan meets
  /// before its other end was accepted is counted without that, so only the sums are compared.
  @Test
  void noConnectionIsCountedTwiceOrLostHoweverScansMeetThem() throws Exception {
    network.startServers();
    network.load(_ -> scan());

    eventually(() -> {
      assertThat(byOwner(Role.CLIENT)).isEqualTo(sums(network.made(), Pair::client));
      assertThat(byOwner(Role.SERVER)).isEqualTo(sums(network.made(), Pair::worker));
    });
    assertThat(tracker.series()).allSatisfy(series -> assertThat(series.active()).isZero());
    System.out.printf("%d scans meanwhile%n", now / 1_000_000_000);
  }

  /// A socket that connects is in the state `SYN_SENT` some instants before it has a port.
  @Test
  void everyEndIsToldWithItsPortsHoweverEarlyAScanMeetsIt() throws Exception {
    network.startServers();
    Recorder told = new Recorder();
    network.load(_ -> told.scan(source));
    told.scan(source);

    assertThat(Stream.of(network.near, network.beside))
        .flatMap(namespace -> told.closed(namespace.inode()))
        .isNotEmpty()
        .allSatisfy(client -> {
          assertThat(client.localPort()).isPositive();
          assertThat(client.remotePort()).isPositive();
        });
  }

  @Test
  void anEndInANamespaceThatIsNotLookedIntoIsForAnotherProbeToName() throws Exception {
    network.startServer(0);
    source.close();
    source = open(network.near);
    int _ = network.runClient(LoadNetwork.EACH);

    eventually(
        () -> assertThat(byOwner(Role.CLIENT)).isEqualTo(sums(network.made(), Pair::client)));
    assertThat(tracker.series()).allSatisfy(series -> assertThat(series.key().peer()).isEmpty());
  }

  @Test
  void aProcessThatIsGoneHasItsNameAndItsContainer() throws Exception {
    network.startServer(0);
    int pid = network.runClient(1);

    eventually(() -> assertThat(byOwner(Role.CLIENT)).isEqualTo(Map.of(pid, 1L)));
    assertThat(ProcessHandle.of(pid)).isEmpty();
    ProcessIdentity process =
        tracker.series().stream()
            .map(series -> identity(series.key().owner()))
            .filter(owner -> owner.pid() == pid)
            .findFirst()
            .orElseThrow();
    ProcessTrace trace = source.traceOf(process).orElseThrow();
    assertThat(trace.name()).isEqualTo("python3");
    assertThat(trace.container()).map(ContainerCgroup::runtime).contains("docker");
    assertThat(trace.container())
        .map(ContainerCgroup::id)
        .contains(network.containerOf().getOrDefault(pid, ""));
    assertThat(source.traceOf(new ProcessIdentity(pid, process.startTicks() + 1)))
        .as("another process with the same number")
        .isEmpty();
  }

  private void isComplete(Series series) {
    boolean client = series.key().role() == Role.CLIENT;
    assertThat(series.active()).isZero();
    assertThat(series.failed()).isZero();
    assertThat(series.reset()).isZero();
    assertThat(series.durations().count()).isEqualTo(series.opened());
    assertThat(client ? series.transmitted() : series.received())
        .isEqualTo(LoadNetwork.REQUEST * series.opened());
  }

  private void isInItsContainer(Series series) {
    ProcessIdentity owner = identity(series.key().owner());
    assertThat(source.traceOf(owner).flatMap(ProcessTrace::container))
        .map(ContainerCgroup::id)
        .contains(network.containerOf().getOrDefault(owner.pid(), ""));
  }

  /// What is counted otherwise than it was made.
  private static Map<Pair, String> differences(Map<Pair, Long> counted, Map<Pair, Long> made) {
    Map<Pair, String> differences = new HashMap<>();
    Set<Pair> pairs = new HashSet<>(counted.keySet());
    pairs.addAll(made.keySet());
    for (Pair pair : pairs) {
      long there = counted.getOrDefault(pair, 0L);
      long expected = made.getOrDefault(pair, 0L);
      if (there != expected) {
        differences.put(pair, "%d counted, %d made".formatted(there, expected));
      }
    }
    return differences;
  }

  private Map<Integer, Long> byOwner(Role role) {
    return sums(counted(role), role == Role.CLIENT ? Pair::client : Pair::worker);
  }

  private static Map<Integer, Long> sums(Map<Pair, Long> pairs, ToIntFunction<Pair> of) {
    Map<Integer, Long> sums = new HashMap<>();
    pairs.forEach((pair, count) -> sums.merge(of.applyAsInt(pair), count, Long::sum));
    return sums;
  }

  private Map<Pair, Long> counted(Role role) {
    Map<Pair, Long> counted = new HashMap<>();
    for (Series series : tracker.series()) {
      if (series.key().role() == role && series.opened() > 0) {
        int owner = pid(series.key().owner());
        int peer = series.key().peer().map(ShortConnectionsIT::pid).orElse(-1);
        Pair pair = role == Role.CLIENT ? new Pair(owner, peer) : new Pair(peer, owner);
        counted.merge(pair, series.opened(), Long::sum);
      }
    }
    return counted;
  }

  private static int pid(LocalEntity entity) {
    return switch (entity) {
      case LocalEntity.OfProcess(ProcessIdentity process) -> process.pid();
      case LocalEntity.Unattributed _ -> 0;
    };
  }

  private static ProcessIdentity identity(LocalEntity entity) {
    return ((LocalEntity.OfProcess) entity).identity();
  }

  private void eventually(ThrowingCallable assertion) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          scan();
          assertion.call();
        });
  }

  private void scan() throws IOException {
    now += 1_000_000_000L;
    tracker.scan(source, now);
  }
}
