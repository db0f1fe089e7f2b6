package dev.otelscope.probe.conntrack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.model.IpAddress;
import dev.otelscope.probe.Requires;
import dev.otelscope.probe.Requires.Need;
import dev.otelscope.probe.TestNamespace;
import dev.otelscope.probe.connection.ConnectionSource;
import dev.otelscope.probe.connection.OpenNamespaces;
import dev.otelscope.probe.connection.TierRung;
import dev.otelscope.probe.conntrack.TranslatingNetwork.Asked;
import dev.otelscope.probe.conntrack.TranslatingNetwork.Held;
import dev.otelscope.probe.kernel.NamespaceSelection;
import dev.otelscope.probe.process.DescriptorOwners;
import dev.otelscope.probe.sockdiag.SockDiagTier;
import dev.otelscope.probe.tracing.EbpfTier;
import dev.otelscope.probe.tracking.ConnectionTracker;
import dev.otelscope.probe.tracking.EphemeralPorts;
import dev.otelscope.probe.tracking.LocalEntity;
import dev.otelscope.probe.tracking.Reaches;
import dev.otelscope.probe.tracking.Role;
import dev.otelscope.probe.tracking.Series;
import dev.otelscope.probe.tracking.SeriesKey.Route;
import dev.otelscope.probe.tracking.TrackingRules;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/// Whatever a router does to addresses, both ends of a connection name each other's process, and
/// the address that the client asked for is kept.
@Requires({Need.ROOT, Need.IPROUTE2, Need.EBPF, Need.NGINX, Need.BASH, Need.NFT})
@ParameterizedClass(name = "{0}, tier {1}")
@CsvSource({"IPv4, 1", "IPv4, 2", "IPv6, 1", "IPv6, 2"})
class TranslationIT {
  private static final int VIRTUAL_PORT = 80;

  private final String family;
  private final int tier;
  @TempDir private Path folder;
  private TranslatingNetwork network;
  private ConnectionSource source;
  private Conntrack conntrack;
  private ConnectionTracker tracker;
  private long now;

  TranslationIT(String family, int tier) {
    this.family = family;
    this.tier = tier;
  }

  @BeforeEach
  void watch() throws Exception {
    network = new TranslatingNetwork(family.equals("IPv6"));
    begin();
    scan();
  }

  private void begin() throws IOException {
    NamespaceSelection selection = new NamespaceSelection(network.names());
    TierRung rung = tier == 1 ? new EbpfTier(selection) : new SockDiagTier(selection);
    source = rung.open(new OpenNamespaces());
    conntrack = Conntrack.of(selection);
    tracker =
        new ConnectionTracker(
            new DescriptorOwners(Path.of("/proc")),
            conntrack,
            new TrackingRules(EphemeralPorts.DEFAULT, Reaches.WITHOUT_LOCAL_NETWORKS, true));
  }

  @AfterEach
  void stop() throws Exception {
    try {
      source.close();
      conntrack.close();
    } finally {
      network.remove();
    }
    assertThat(tracker.lost()).isEmpty();
    assertThat(conntrack.problem()).isEmpty();
  }

  @Test
  void connectionsToAVirtualAddressEndAtTheBackendsThatTheyReach() throws Exception {
    serve(network.first, network.second);
    Held client = network.hold(network.client, network.virtual(1), VIRTUAL_PORT, 4);

    awaitSettled(() -> {
      Map<Route, Series> byRoute = byRoute(client.pid());
      assertThat(byRoute.keySet())
          .containsExactlyInAnyOrder(
              route(network.address(1), network.address(2)),
              route(network.address(1), network.address(3)));
      assertThat(byRoute.values())
          .allSatisfy(series -> {
            assertThat(series.opened()).isEqualTo(2);
            assertThat(series.active()).isEqualTo(2);
            assertThat(series.key().server()).isEqualTo(ip(network.virtual(1)));
            assertThat(series.key().serverPort()).isEqualTo(VIRTUAL_PORT);
            Series there = onlySeriesOf(pid(series.key().peer().orElseThrow()));
            assertThat(there.key().role()).isEqualTo(Role.SERVER);
            assertThat(there.opened()).isEqualTo(2);
            assertThat(pid(there.key().peer().orElseThrow())).isEqualTo(client.pid());
            assertThat(there.key().server()).isEqualTo(series.key().route().orElseThrow().server());
            assertThat(there.key().route()).as("the backend sees the client's address").isEmpty();
          });
    });
  }

  /// The first connection says which servers are translated; in tier 1, those after it are told one
  /// by one.
  @Test
  void shortConnectionsEndAtTheBackendsThatAnsweredThem() throws Exception {
    serve(network.first, network.second);
    network.hold(network.client, network.virtual(1), VIRTUAL_PORT, 2);
    scan();
    Asked client = network.ask(network.client, network.virtual(1), VIRTUAL_PORT, 100);
    Map<Integer, Long> answers =
        client.servers().stream()
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

    assertThat(answers).hasSize(2);
    awaitSettled(() -> {
      if (tier == 1) {
        assertThat(openedBy(client.pid(), Role.CLIENT)).isEqualTo(answers);
      }
      assertThat(byBackend(Role.CLIENT)).isEqualTo(expected());
      assertThat(byBackend(Role.SERVER)).isEqualTo(expected());
    });
  }

  @Test
  void aMasqueradedClientIsKnownAtBothEnds() throws Exception {
    serve(network.outside);
    Held client = network.hold(network.client, network.address(4), TranslatingNetwork.PORT, 3);

    awaitSettled(() -> {
      Series here = onlySeriesOf(client.pid());
      Route route = route(network.routerAddress(4), network.address(4));
      assertThat(here.opened()).isEqualTo(3);
      assertThat(here.key().client()).isEqualTo(ip(network.address(1)));
      assertThat(here.key().route()).contains(route);
      Series there = onlySeriesOf(pid(here.key().peer().orElseThrow()));
      assertThat(pid(there.key().peer().orElseThrow())).isEqualTo(client.pid());
      assertThat(there.key().client()).isEqualTo(ip(network.address(1)));
      assertThat(there.key().route()).contains(route);
      assertThat(there.opened()).isEqualTo(3);
    });
  }

  @Test
  void aHairpinLeadsBackToItsOwnBackend() throws Exception {
    serve(network.first);
    Held client = network.hold(network.first, network.virtual(2), VIRTUAL_PORT, 2);

    awaitSettled(() -> {
      Series here = onlySeriesOf(client.pid());
      assertThat(here.opened()).isEqualTo(2);
      assertThat(here.key().server()).isEqualTo(ip(network.virtual(2)));
      assertThat(here.key().route()).contains(route(network.routerAddress(2), network.address(2)));
      Series there = onlySeriesOf(pid(here.key().peer().orElseThrow()));
      assertThat(pid(there.key().peer().orElseThrow())).isEqualTo(client.pid());
    });
  }

  @Test
  void aRedirectedConnectionEndsAtTheProxyBesideItsClient() throws Exception {
    serve(network.client);
    Held client = network.hold(network.client, network.virtual(3), VIRTUAL_PORT, 2);

    awaitSettled(() -> {
      Series here = onlySeriesOf(client.pid());
      assertThat(here.opened()).isEqualTo(2);
      assertThat(here.key().server()).isEqualTo(ip(network.virtual(3)));
      assertThat(here.key().route().orElseThrow().serverPort()).isEqualTo(TranslatingNetwork.PORT);
      Series there = onlySeriesOf(pid(here.key().peer().orElseThrow()));
      assertThat(pid(there.key().peer().orElseThrow())).isEqualTo(client.pid());
    });
  }

  @Test
  void whatWasOpenBeforeTheProbeIsTranslatedToo() throws Exception {
    serve(network.first, network.second);
    Held client = network.hold(network.client, network.virtual(1), VIRTUAL_PORT, 4);
    conntrack.close();
    source.close();
    begin();

    awaitSettled(() ->
        assertThat(byRoute(client.pid()).values())
            .hasSize(2)
            .allSatisfy(series -> {
              assertThat(series.active()).isEqualTo(2);
              assertThat(series.opened()).isZero();
              assertThat(series.key().peer()).isPresent();
            }));
  }

  private void serve(TestNamespace... where) throws Exception {
    for (var each : where) {
      network.serve(each, folder);
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> {
          scan();
          return tracker.listeners().keySet().stream()
                  .filter(key -> key.port() == TranslatingNetwork.PORT)
                  .map(key -> key.namespace())
                  .distinct()
                  .count()
              == where.length;
        });
  }

  private void awaitSettled(ThrowingRunnable assertion) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> {
          scan();
          assertion.run();
        });
  }

  private Map<Integer, Long> openedBy(int client, Role role) {
    return seriesOf(client).stream()
        .filter(series -> series.key().role() == role)
        .collect(
            Collectors.toMap(
                series -> series.key().peer().map(TranslationIT::pid).orElse(-1),
                Series::opened,
                Long::sum));
  }

  /// Two held and a hundred short ones, in turns.
  private Map<IpAddress, Long> expected() {
    return Map.of(ip(network.address(2)), 51L, ip(network.address(3)), 51L);
  }

  /// Connections whose other end is known, by the address that they reached.
  private Map<IpAddress, Long> byBackend(Role role) {
    return tracker.series().stream()
        .filter(series -> series.key().role() == role && series.key().peer().isPresent())
        .collect(
            Collectors.toMap(
                series -> series.key().route().map(Route::server).orElse(series.key().server()),
                Series::opened,
                Long::sum));
  }

  private Map<Route, Series> byRoute(int pid) {
    return seriesOf(pid).stream()
        .collect(Collectors.toMap(s -> s.key().route().orElseThrow(), Function.identity()));
  }

  private Series onlySeriesOf(int pid) {
    Collection<Series> all = seriesOf(pid);
    assertThat(all).hasSize(1);
    return all.iterator().next();
  }

  private Collection<Series> seriesOf(int pid) {
    return tracker.series().stream().filter(s -> pid(s.key().owner()) == pid).toList();
  }

  private static int pid(LocalEntity entity) {
    return switch (entity) {
      case LocalEntity.OfProcess(var process) -> process.pid();
      case LocalEntity.Unattributed _ -> 0;
    };
  }

  private static Route route(String client, String server) {
    return new Route(ip(client), ip(server), TranslatingNetwork.PORT);
  }

  private static IpAddress ip(String text) {
    return IpAddress.parse(text);
  }

  private void scan() throws IOException {
    now += 1_000_000_000L;
    tracker.scan(source, now);
  }
}
