package dev.otelscope.probe.tracking;

import static dev.otelscope.probe.tracking.SimulatedKernel.process;
import static dev.otelscope.probe.tracking.SimulatedKernel.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.model.AddressScope.Reach;
import dev.otelscope.model.Cidr;
import dev.otelscope.model.IpAddress;
import dev.otelscope.probe.connection.SocketTuple;
import dev.otelscope.probe.connection.TcpState;
import dev.otelscope.probe.connection.Translations;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two networks of one host that use the same addresses, each with a client and a server in
/// namespaces of their own:
///
/// ```
/// 172.18.0.2 in a1 → 172.18.0.3:80 in a2
/// 172.18.0.2 in b1 → 172.18.0.3:80 in b2
/// ```
class LocalNetworksTest {
  private static final Set<Cidr> BRIDGES = Set.of(Cidr.parse("172.18.0.0/16"));

  private final SimulatedKernel kernel = new SimulatedKernel("a1", "a2", "b1", "b2");
  private final ConnectionTracker tracker =
      new ConnectionTracker(
          kernel,
          Translations.NONE,
          new TrackingRules(EphemeralPorts.DEFAULT, Reaches.WITHOUT_LOCAL_NETWORKS, true));
  private long now;

  @BeforeEach
  void tellAddresses() {
    for (String client : List.of("a1", "b1")) {
      tracker.addressesOf(client, Set.of(IpAddress.parse("172.18.0.2")));
    }
    for (String server : List.of("a2", "b2")) {
      tracker.addressesOf(server, Set.of(IpAddress.parse("172.18.0.3")));
    }
  }

  @Test
  void connectionsAreOnlyPairedWithinTheirNetwork() throws IOException {
    tracker.localNetworks(BRIDGES);
    scan();
    openBoth("a1", 40_000, 10, "a2", 20);
    openBoth("b1", 50_000, 11, "b2", 21);
    scan();
    scan();

    assertThat(peerOf(10)).contains(20);
    assertThat(peerOf(20)).contains(10);
    assertThat(peerOf(11)).contains(21);
    assertThat(peerOf(21)).contains(11);
    assertThat(tracker.series())
        .allSatisfy(series -> assertThat(series.key().reach()).isEqualTo(Reach.HOST));
  }

  @Test
  void whatBothNetworksHaveInTheSameWayIsNotPaired() throws IOException {
    scan();
    openBoth("a1", 40_000, 10, "a2", 20);
    openBoth("b1", 40_000, 11, "b2", 21);
    scan();
    scan();

    for (int pid : new int[] {10, 20, 11, 21}) {
      assertThat(peerOf(pid)).isEmpty();
    }
  }

  /// Each has been left by its own other end, which no scan meets any more.
  @Test
  void twoThatWereLeftAloneInDifferentNetworksAreNotPaired() throws IOException {
    scan();
    kernel.open("a1", clientTuple(40_000)).heldBy(process(10)).state = TcpState.CLOSE_WAIT;
    kernel.open("b2", clientTuple(40_000).reversed()).heldBy(process(21)).state =
        TcpState.CLOSE_WAIT;
    scan();
    scan();

    assertThat(peerOf(10)).isEmpty();
    assertThat(peerOf(21)).isEmpty();
  }

  @Test
  void aNetworkThatBecomesKnownLateEndsSeriesAndBeginsOthers() throws IOException {
    scan();
    SimulatedKernel.End client = kernel.open("a1", clientTuple(40_000)).heldBy(process(10));
    client.sends(100);
    kernel.open("a2", clientTuple(40_000).reversed()).heldBy(process(20));
    scan();
    Series before = only(10);
    assertThat(before.key().reach()).isEqualTo(Reach.GLOBAL);

    tracker.localNetworks(BRIDGES);
    client.sends(11);
    scan();

    assertThat(before.active()).isZero();
    assertThat(before.opened()).isEqualTo(1);
    tracker.forget(before);
    Series after = only(10);
    assertThat(after.key().reach()).isEqualTo(Reach.HOST);
    assertThat(after.key().peer()).isEqualTo(before.key().peer());
    assertThat(after.active()).isEqualTo(1);
    assertThat(after.opened()).isZero();
    assertThat(before.transmitted() + after.transmitted()).isEqualTo(111);
  }

  private void openBoth(String from, int port, int client, String to, int server) {
    kernel.open(from, clientTuple(port)).heldBy(process(client));
    kernel.open(to, clientTuple(port).reversed()).heldBy(process(server));
  }

  private static SocketTuple clientTuple(int port) {
    return tcp("172.18.0.2", port, "172.18.0.3", 80);
  }

  private Optional<Integer> peerOf(int pid) {
    return only(pid).key().peer().map(peer -> ((LocalEntity.OfProcess) peer).identity().pid());
  }

  private Series only(int pid) {
    LocalEntity owner = new LocalEntity.OfProcess(process(pid));
    List<Series> found =
        tracker.series().stream().filter(series -> series.key().owner().equals(owner)).toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private void scan() throws IOException {
    now += 1_000_000_000L;
    tracker.scan(kernel, now);
  }
}
