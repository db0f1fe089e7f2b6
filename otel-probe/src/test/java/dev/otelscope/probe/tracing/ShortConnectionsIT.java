package dev.otelscope.probe.tracing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.probe.Requires;
import dev.otelscope.probe.Requires.Need;
import dev.otelscope.probe.TestNamespace;
import dev.otelscope.probe.connection.ConnectionSource;
import dev.otelscope.probe.connection.OpenNamespaces;
import dev.otelscope.probe.connection.Translations;
import dev.otelscope.probe.kernel.NamespaceSelection;
import dev.otelscope.probe.process.ProcessIdentity;
import dev.otelscope.probe.process.ProcessTrace;
import dev.otelscope.probe.process.SocketOwners;
import dev.otelscope.probe.tracking.ConnectionTracker;
import dev.otelscope.probe.tracking.EphemeralPorts;
import dev.otelscope.probe.tracking.LocalEntity;
import dev.otelscope.probe.tracking.Reaches;
import dev.otelscope.probe.tracking.Role;
import dev.otelscope.probe.tracking.Series;
import dev.otelscope.probe.tracking.TrackingRules;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Programs that connect, ask once and are done, and servers whose workers share a listener: every
/// connection is counted once at both ends, in the series of exactly the two processes that had it.
@Requires({Need.ROOT, Need.IPROUTE2, Need.EBPF, Need.NGINX, Need.BASH})
class ShortConnectionsIT {
  private static final int CLIENTS = 20;
  private static final int SERVERS = 5;
  private static final int WORKERS = 3;
  private static final int EACH = 500;
  private static final int FIRST_PORT = 8081;
  private static final int REQUEST = 7; // bytes

  /// Once it is told to: says its own process and, for each connection, the worker that answered. A
  /// request without a version is answered with nothing but the content.
  private static final String CLIENT =
      """
      read -r
      echo $$
      for ((i = 0; i < $1; i++)); do
        exec 3<>/dev/tcp/10.9.0.2/$(($2 + i % $3))
        printf 'GET /\\r\\n' >&3
        read -r worker <&3
        exec 3>&-
        echo $worker
      done
      """;

  /// Nobody is asked: the kernel says who owns a socket.
  private static final SocketOwners NOBODY =
      new SocketOwners() {
        @Override
        public void refresh() {}

        @Override
        public Optional<ProcessIdentity> ownerOf(long inode) {
          return Optional.empty();
        }
      };

  private record Pair(int client, int worker) {}

  @TempDir private Path folder;
  private final List<Process> servers = new ArrayList<>();
  private final ConnectionTracker tracker =
      new ConnectionTracker(
          NOBODY,
          Translations.NONE,
          new TrackingRules(EphemeralPorts.DEFAULT, Reaches.WITHOUT_LOCAL_NETWORKS, true));
  private TestNamespace near;
  private TestNamespace far;
  private ConnectionSource source;
  private long now;

  @BeforeEach
  void connectTwoNamespaces() throws Exception {
    near = TestNamespace.create();
    far = TestNamespace.create();
    near.configure("link", "add", "eth0", "type", "veth", "peer", "eth0", "netns", far.name());
    near.configure("address", "add", "10.9.0.1/24", "dev", "eth0");
    near.configure("link", "set", "eth0", "up");
    far.configure("address", "add", "10.9.0.2/24", "dev", "eth0");
    far.configure("link", "set", "eth0", "up");
    source = open(near, far);
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
    for (Process server : servers) {
      server.destroy(); // its master ends its workers; killed, it would leave some behind
      assertThat(server.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
    try {
      near.close();
    } finally {
      far.close();
    }
    assertThat(tracker.lost()).isEmpty();
  }

  @Test
  void everyConnectionIsCountedInTheSeriesOfItsTwoProcesses() throws Exception {
    Map<Pair, Long> made = load(Duration.ofMillis(200));

    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> {
          scan();
          assertThat(counted(Role.CLIENT)).isEqualTo(made);
          assertThat(counted(Role.SERVER)).isEqualTo(made);
        });
    assertThat(tracker.series()).allSatisfy(this::isComplete);
  }

  /// Scans all the time meet connections in every moment of their short lives. What a scan meets
  /// before its other end was accepted is counted without that, so only the sums are compared.
  @Test
  void noConnectionIsCountedTwiceOrLostHoweverScansMeetThem() throws Exception {
    Map<Pair, Long> made = load(Duration.ZERO);

    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> {
          scan();
          assertThat(byOwner(Role.CLIENT)).isEqualTo(sums(made, Pair::client));
          assertThat(byOwner(Role.SERVER)).isEqualTo(sums(made, Pair::worker));
        });
    assertThat(tracker.series()).allSatisfy(series -> assertThat(series.active()).isZero());
    System.out.printf("%d scans meanwhile%n", now / 1_000_000_000);
  }

  @Test
  void anEndInANamespaceThatIsNotLookedIntoIsForAnotherProbeToName() throws Exception {
    startServer(FIRST_PORT);
    source.close();
    source = open(near);
    Map<Pair, Long> made = new HashMap<>();
    collect(near.start("bash", "-c", CLIENT, "client", "" + EACH, "" + FIRST_PORT, "1"), made);

    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> {
          scan();
          assertThat(byOwner(Role.CLIENT)).isEqualTo(sums(made, Pair::client));
        });
    assertThat(tracker.series()).allSatisfy(series -> assertThat(series.key().peer()).isEmpty());
  }

  @Test
  void aProcessThatIsGoneHasItsNameAndItsContainer() throws Exception {
    startServer(FIRST_PORT);
    Map<Pair, Long> made = new HashMap<>();
    try (TestContainerGroup container = TestContainerGroup.create()) {
      Process client = near.start("bash", "-c", CLIENT, "client", "1", "" + FIRST_PORT, "1");
      container.add(client.pid());
      collect(client, made);

      Series series =
          Awaitility.await()
              .atMost(Duration.ofSeconds(10))
              .until(
                  () -> {
                    scan();
                    return series(Role.CLIENT);
                  },
                  Optional::isPresent)
              .orElseThrow();
      ProcessIdentity process = identity(series.key().owner());
      ProcessTrace trace = source.traceOf(process).orElseThrow();
      assertThat(made).hasSize(1).containsKey(new Pair(process.pid(), pid(series.key().peer())));
      assertThat(ProcessHandle.of(process.pid())).isEmpty();
      assertThat(trace.name()).isEqualTo("bash");
      assertThat(trace.container().orElseThrow().id()).isEqualTo(container.id());
      assertThat(trace.container().orElseThrow().runtime()).isEqualTo("docker");
      ProcessIdentity later = new ProcessIdentity(process.pid(), process.startTicks() + 1);
      assertThat(source.traceOf(later)).isEmpty();
    }
  }

  private Optional<Series> series(Role role) {
    return tracker.series().stream()
        .filter(series -> series.key().role() == role && series.opened() > 0)
        .findFirst();
  }

  /// Makes connections while scans go on, and returns who had how many with whom.
  private Map<Pair, Long> load(Duration pause) throws Exception {
    for (int i = 0; i < SERVERS; i++) {
      startServer(FIRST_PORT + i);
    }
    Map<Pair, Long> made = new HashMap<>();
    List<Thread> readers = new ArrayList<>();
    long began = System.nanoTime();
    for (int i = 0; i < CLIENTS; i++) {
      Process client =
          near.start("bash", "-c", CLIENT, "client", "" + EACH, "" + FIRST_PORT, "" + SERVERS);
      readers.add(Thread.ofVirtual().start(() -> collect(client, made)));
    }
    for (Thread reader : readers) {
      while (!reader.join(pause)) {
        scan();
      }
    }
    System.out.printf(
        "%d connections in %d ms%n", CLIENTS * EACH, (System.nanoTime() - began) / 1_000_000);
    assertThat(made.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(CLIENTS * EACH);
    return made;
  }

  private void isComplete(Series series) {
    boolean client = series.key().role() == Role.CLIENT;
    assertThat(series.active()).isZero();
    assertThat(series.failed()).isZero();
    assertThat(series.reset()).isZero();
    assertThat(series.durations().count()).isEqualTo(series.opened());
    assertThat(client ? series.transmitted() : series.received())
        .isEqualTo(REQUEST * series.opened());
  }

  private Map<Integer, Long> byOwner(Role role) {
    return sums(counted(role), role == Role.CLIENT ? Pair::client : Pair::worker);
  }

  private static Map<Integer, Long> sums(Map<Pair, Long> pairs, ToIntFunction<Pair> of) {
    Map<Integer, Long> sums = new HashMap<>();
    pairs.forEach((pair, count) -> sums.merge(of.applyAsInt(pair), count, Long::sum));
    return sums;
  }

  private void collect(Process client, Map<Pair, Long> made) {
    try (BufferedWriter words = client.outputWriter(UTF_8);
        BufferedReader lines = client.inputReader(UTF_8)) {
      words.newLine();
      words.flush();
      int pid = Integer.parseInt(lines.readLine());
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Pair pair = new Pair(pid, Integer.parseInt(line));
        synchronized (made) {
          made.merge(pair, 1L, Long::sum);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("the client's words could not be read", e);
    }
  }

  private Map<Pair, Long> counted(Role role) {
    Map<Pair, Long> counted = new HashMap<>();
    for (Series series : tracker.series()) {
      if (series.key().role() == role && series.opened() > 0) {
        int owner = pid(series.key().owner());
        int peer = pid(series.key().peer());
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

  private static int pid(Optional<LocalEntity> entity) {
    return entity.map(ShortConnectionsIT::pid).orElse(-1);
  }

  private static ProcessIdentity identity(LocalEntity entity) {
    return ((LocalEntity.OfProcess) entity).identity();
  }

  private void startServer(int port) throws IOException {
    Path home = Files.createDirectory(folder.resolve("server-" + port));
    Files.writeString(
        home.resolve("nginx.conf"),
        """
        daemon off;
        master_process on;
        worker_processes %d;
        pid nginx.pid;
        error_log stderr error;
        events { worker_connections 512; accept_mutex on; }
        http {
          access_log off;
          client_body_temp_path temp;
          proxy_temp_path temp;
          fastcgi_temp_path temp;
          uwsgi_temp_path temp;
          scgi_temp_path temp;
          server { listen 10.9.0.2:%d; location / { return 200 "$pid\\n"; } }
        }
        """
            .formatted(WORKERS, port));
    servers.add(
        far.start("nginx", "-p", home.toString(), "-c", home.resolve("nginx.conf").toString()));
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> {
          scan();
          return tracker.listeners().keySet().stream().anyMatch(key -> key.port() == port);
        });
  }

  private void scan() throws IOException {
    now += 1_000_000_000L;
    tracker.scan(source, now);
  }
}
