package dev.otelscope.probe.tracing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.model.IpAddress;
import dev.otelscope.probe.Requires;
import dev.otelscope.probe.Requires.Need;
import dev.otelscope.probe.TestNamespace;
import dev.otelscope.probe.connection.ConnectionSource;
import dev.otelscope.probe.connection.OpenNamespaces;
import dev.otelscope.probe.kernel.NamespaceSelection;
import dev.otelscope.probe.primitive.XxHash64;
import dev.otelscope.probe.process.ProcessIdentity;
import dev.otelscope.probe.tracking.ConnectionTracker;
import dev.otelscope.probe.tracking.LocalEntity;
import dev.otelscope.probe.tracking.SampledConnection;
import dev.otelscope.probe.tracking.Series;
import java.io.IOException;
import java.nio.ByteBuffer;
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
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two probes that cannot see each other's ends choose the same connections to stand for the
/// others, also of those that the kernel adds up.
@Requires({Need.ROOT, Need.IPROUTE2, Need.EBPF, Need.NGINX, Need.BASH})
class SampledConnectionsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int PORT = 8081;
  private static final int WORKERS = 3;
  private static final int CONNECTIONS = 100;

  /// Says, for each connection, the worker that answered and its own port. A request without a
  /// version is answered with nothing but the content.
  private static final String CLIENT =
      """
      for ((i = 0; i < $1; i++)); do
        exec 3<>/dev/tcp/10.9.0.2/$2
        printf 'GET /\\r\\n' >&3
        read -r answer <&3
        exec 3>&-
        echo $answer
      done
      """;

  /// A probe that looks into one namespace only.
  private static final class Observer implements AutoCloseable {
    private final ConnectionTracker tracker = KernelOnlyTracker.create();
    private final ConnectionSource source;
    private long now;

    Observer(TestNamespace namespace) throws IOException {
      source =
          new EbpfTier(new NamespaceSelection(Set.of(namespace.name()))).open(new OpenNamespaces());
      scan();
    }

    void scan() throws IOException {
      now += 1_000_000_000L;
      tracker.scan(source, now);
    }

    List<Series> used() {
      return tracker.series().stream().filter(series -> series.opened() > 0).toList();
    }

    long opened() {
      return used().stream().mapToLong(Series::opened).sum();
    }

    @Override
    public void close() {
      source.close();
    }
  }

  @TempDir private Path folder;
  private TestNamespace near;
  private TestNamespace far;

  @BeforeEach
  void connectTwoNamespaces() throws Exception {
    near = TestNamespace.create();
    far = TestNamespace.create();
    near.configure("link", "add", "eth0", "type", "veth", "peer", "eth0", "netns", far.name());
    near.configure("address", "add", "10.9.0.1/24", "dev", "eth0");
    near.configure("link", "set", "eth0", "up");
    far.configure("address", "add", "10.9.0.2/24", "dev", "eth0");
    far.configure("link", "set", "eth0", "up");
  }

  @AfterEach
  void removeThem() throws Exception {
    try {
      near.close();
    } finally {
      far.close();
    }
  }

  @Test
  void bothEndsChooseTheLowestOfEachQuarterByTheirHash() throws Exception {
    Process server = startServer();
    try (Observer client = new Observer(near);
        Observer servers = new Observer(far)) {
      Map<Integer, List<Long>> hashesByWorker = connect();
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> {
            client.scan();
            servers.scan();
            return client.opened() == CONNECTIONS && servers.opened() == CONNECTIONS;
          });

      assertThat(chosen(client.used()))
          .containsExactlyInAnyOrderElementsOf(
              lowestOfQuarters(hashesByWorker.values().stream().flatMap(List::stream).toList()));
      for (Series ofWorker : servers.used()) {
        assertThat(chosen(List.of(ofWorker)))
            .containsExactlyInAnyOrderElementsOf(
                lowestOfQuarters(hashesByWorker.getOrDefault(pid(ofWorker), List.of())));
      }
    } finally {
      server.destroy(); // its master ends its workers; killed, it would leave some behind
      assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private Map<Integer, List<Long>> connect() throws IOException {
    Process client = near.start("bash", "-c", CLIENT, "client", "" + CONNECTIONS, "" + PORT);
    Map<Integer, List<Long>> hashesByWorker = new HashMap<>();
    for (String answer : client.inputReader(UTF_8).lines().toList()) {
      List<String> workerAndPort = List.of(answer.split(" ", -1));
      hashesByWorker
          .computeIfAbsent(Integer.parseInt(workerAndPort.getFirst()), pid -> new ArrayList<>())
          .add(hash(Integer.parseInt(workerAndPort.getLast())));
    }
    return hashesByWorker;
  }

  private static List<Long> chosen(List<Series> series) {
    return series.stream()
        .flatMap(one -> one.takeOpenedSamples().stream())
        .map(SampledConnection::hash)
        .toList();
  }

  private static List<Long> lowestOfQuarters(List<Long> hashes) {
    return hashes.stream()
        .collect(Collectors.groupingBy(hash -> hash & 3, Collectors.minBy(Long::compareUnsigned)))
        .values()
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private static long hash(int clientPort) {
    ByteBuffer bytes = ByteBuffer.allocate(37).put((byte) 6);
    for (String address : List.of("10.9.0.1", "10.9.0.2")) {
      bytes.putLong(0).putInt(0xFFFF).put(IpAddress.parse(address).toBytes());
    }
    return XxHash64.of(bytes.putShort((short) clientPort).putShort((short) PORT).array());
  }

  private static int pid(Series series) {
    return switch (series.key().owner()) {
      case LocalEntity.OfProcess(ProcessIdentity process) -> process.pid();
      case LocalEntity.Unattributed _ -> 0;
    };
  }

  private Process startServer() throws IOException {
    Path configuration = folder.resolve("nginx.conf");
    Files.writeString(
        configuration,
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
          server { listen 10.9.0.2:%d; location / { return 200 "$pid $remote_port\\n"; } }
        }
        """
            .formatted(WORKERS, PORT));
    Process server = far.start("nginx", "-p", folder.toString(), "-c", configuration.toString());
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> server.toHandle().children().count() == WORKERS);
    return server;
  }
}
