package dev.otelscope.probe.tracking;

import static dev.otelscope.probe.tracking.SimulatedKernel.process;
import static dev.otelscope.probe.tracking.SimulatedKernel.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.model.AddressScope.Reach;
import dev.otelscope.model.Cidr;
import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Transport;
import dev.otelscope.probe.connection.Socket;
import dev.otelscope.probe.connection.SocketTuple;
import dev.otelscope.probe.connection.TcpState;
import dev.otelscope.probe.connection.Tier;
import dev.otelscope.probe.connection.Translations;
import dev.otelscope.probe.process.ProcessIdentity;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConnectionTrackerTest {
  private static final ProcessIdentity CLIENT = process(10);
  private static final ProcessIdentity SERVER = process(20);
  private static final ProcessIdentity WORKER = process(21);
  private static final LocalEntity.OfProcess CLIENT_ENTITY = new LocalEntity.OfProcess(CLIENT);
  private static final LocalEntity.OfProcess SERVER_ENTITY = new LocalEntity.OfProcess(SERVER);

  private final SimulatedKernel kernel = new SimulatedKernel("1", "2");
  private final ConnectionTracker tracker =
      new ConnectionTracker(
          kernel,
          Translations.NONE,
          new TrackingRules(
              EphemeralPorts.DEFAULT, new Reaches(Set.of(Cidr.parse("172.17.0.0/16"))), true));
  private long now;

  @Test
  void bothEndsOfAConnectionBetweenNamespacesNameEachOther() {
    kernel.listen("2", Transport.TCP, "0.0.0.0", 80, SERVER);
    scan();
    kernel.open("1", tcp("10.0.0.1", 40_000, "10.0.0.2", 80)).heldBy(CLIENT).sends(100);
    kernel.open("2", tcp("10.0.0.2", 80, "10.0.0.1", 40_000)).heldBy(SERVER).sends(5_000);
    scan();

    Series client = only(CLIENT_ENTITY);
    assertThat(client.key().role()).isEqualTo(Role.CLIENT);
    assertThat(client.key().peer()).contains(SERVER_ENTITY);
    assertThat(client.key().serverPort()).isEqualTo(80);
    assertThat(client.key().reach()).isEqualTo(Reach.GLOBAL);
    assertThat(client.opened()).isEqualTo(1);
    assertThat(client.active()).isEqualTo(1);
    assertThat(client.transmitted()).isEqualTo(100);
    assertThat(client.received()).as("what the other end sent").isEqualTo(5_000);
    Series server = only(SERVER_ENTITY);
    assertThat(server.key().role()).isEqualTo(Role.SERVER);
    assertThat(server.key().peer()).contains(CLIENT_ENTITY);
    assertThat(server.received()).isEqualTo(100);
  }

  @Test
  void aConnectionToElsewhereIsCountedAtFirstSight() {
    scan();
    kernel.open("1", tcp("10.0.0.1", 40_000, "192.0.2.7", 443)).heldBy(CLIENT);
    scan();

    assertThat(only(CLIENT_ENTITY).active()).isEqualTo(1);
    assertThat(only(CLIENT_ENTITY).key().peer()).isEmpty();
  }

  @Test
  void whatWasOpenBeforeTheProbeIsActiveButNotOpened() {
    SimulatedKernel.End end =
        kernel.open("1", tcp("10.0.0.1", 40_000, "192.0.2.7", 443)).heldBy(CLIENT).sends(1_000);
    end.received = 700;
    scan();
    end.sends(11);
    end.received += 22;
    scan();

    Series series = only(CLIENT_ENTITY);
    assertThat(series.active()).isEqualTo(1);
    assertThat(series.opened()).isZero();
    assertThat(series.transmitted()).isEqualTo(11);
    assertThat(series.received()).isEqualTo(22);
  }

  @Test
  void aConnectionThatNoScanMetBelongsToNobody() {
    kernel.listen("2", Transport.TCP, "10.0.0.2", 80, SERVER);
    scan();
    kernel.open("1", tcp("10.0.0.1", 40_000, "10.0.0.2", 80)).sends(10).close();
    kernel.open("2", tcp("10.0.0.2", 80, "10.0.0.1", 40_000)).sends(20).close();
    scan();

    Series client = only(new LocalEntity.Unattributed("1"));
    assertThat(client.opened()).isEqualTo(1);
    assertThat(client.active()).isZero();
    assertThat(client.key().role()).isEqualTo(Role.CLIENT);
    assertThat(client.key().peer()).contains(new LocalEntity.Unattributed("2"));
    assertThat(client.received()).isEqualTo(20);
  }

  @Test
  void aRefusedConnectionIsFailedNotOpened() {
    scan();
    kernel.open("1", tcp("10.0.0.1", 0, "192.0.2.7", 81)).fail();
    scan();
    scan();

    Series series = only(new LocalEntity.Unattributed("1"));
    assertThat(series.failed()).isEqualTo(1);
    assertThat(series.opened()).isZero();
    assertThat(series.wasEverEstablished()).isFalse();
    assertThat(series.key().role()).isEqualTo(Role.CLIENT);
  }

  @Test
  void aConnectThatAScanMetAndThatFailsBelongsToItsProcess() {
    scan();
    SimulatedKernel.End end =
        kernel.open("1", tcp("10.0.0.1", 40_000, "192.0.2.7", 81)).heldBy(CLIENT);
    end.state = TcpState.SYN_SENT;
    scan();
    assertThat(tracker.series()).isEmpty();
    end.fail();
    scan();

    assertThat(only(CLIENT_ENTITY).failed()).isEqualTo(1);
  }

  @Test
  void anAcceptedConnectionWaitsForItsAcceptor() {
    kernel.listen("1", Transport.TCP, "::", 80, SERVER);
    scan();
    SimulatedKernel.End end = kernel.open("1", tcp("10.0.0.1", 80, "192.0.2.7", 50_000));
    scan();
    assertThat(tracker.series()).as("nobody has accepted it").isEmpty();
    end.heldBy(WORKER);
    scan();

    assertThat(only(new LocalEntity.OfProcess(WORKER)).opened()).isEqualTo(1);
  }

  @Test
  void whoAcceptsLateBeginsAnewAndTheSumStaysRight() {
    kernel.listen("1", Transport.TCP, "::", 80, SERVER);
    scan();
    SimulatedKernel.End end = kernel.open("1", tcp("10.0.0.1", 80, "192.0.2.7", 50_000));
    end.received = 5;
    scan();
    scan();
    Series nobody = only(new LocalEntity.Unattributed("1"));
    assertThat(nobody.active()).isEqualTo(1);
    end.heldBy(WORKER).sends(7);
    scan();

    Series worker = only(new LocalEntity.OfProcess(WORKER));
    assertThat(nobody.active()).isZero();
    assertThat(worker.active()).isEqualTo(1);
    assertThat(nobody.opened() + worker.opened()).isEqualTo(1);
    assertThat(nobody.received() + worker.received()).isEqualTo(5);
    assertThat(nobody.transmitted() + worker.transmitted()).isEqualTo(7);
  }

  @Test
  void loopbackConnectionsOfTwoNamespacesAreNotConfused() {
    for (String namespace : List.of("1", "2")) {
      kernel.listen(
          namespace, Transport.TCP, "127.0.0.1", 80, namespace.equals("1") ? SERVER : WORKER);
      kernel.open(namespace, tcp("127.0.0.1", 40_000, "127.0.0.1", 80)).heldBy(CLIENT);
      kernel
          .open(namespace, tcp("127.0.0.1", 80, "127.0.0.1", 40_000))
          .heldBy(namespace.equals("1") ? SERVER : WORKER);
    }
    scan();

    assertThat(tracker.series())
        .filteredOn(series -> series.key().owner().equals(CLIENT_ENTITY))
        .extracting(series -> series.key().peer().orElseThrow())
        .containsExactlyInAnyOrder(SERVER_ENTITY, new LocalEntity.OfProcess(WORKER));
    assertThat(tracker.series()).allMatch(series -> series.key().reach() == Reach.NAMESPACE);
  }

  @Test
  void anEphemeralPortThatSomeoneListensOnIsAServers() {
    kernel.listen("1", Transport.TCP, "10.0.0.1", 40_000, SERVER);
    kernel.open("1", tcp("10.0.0.1", 40_000, "10.0.0.1", 41_000)).heldBy(SERVER);
    kernel.open("1", tcp("10.0.0.1", 41_000, "10.0.0.1", 40_000)).heldBy(CLIENT);
    scan();

    assertThat(only(SERVER_ENTITY).key().role()).isEqualTo(Role.SERVER);
    assertThat(only(CLIENT_ENTITY).key().role()).isEqualTo(Role.CLIENT);
  }

  @Test
  void withoutAListenerOrAnEphemeralPortTheRoleIsUnknown() {
    kernel.open("1", tcp("10.0.0.1", 5_000, "192.0.2.7", 45_000)).heldBy(CLIENT);
    scan();
    scan();

    SeriesKey key = only(CLIENT_ENTITY).key();
    assertThat(key.role()).isEqualTo(Role.UNKNOWN);
    assertThat(key.client()).as("the local end").isEqualTo(IpAddress.parse("10.0.0.1"));
    assertThat(key.serverPort()).as("an ephemeral one").isEqualTo(SeriesKey.NO_PORT);
  }

  @Test
  void theKernelsWordOnTheDirectionIsStronger() {
    kernel.open("1", tcp("10.0.0.1", 40_000, "192.0.2.7", 45_000)).heldBy(SERVER).direction =
        Socket.Direction.INBOUND;
    scan();

    assertThat(only(SERVER_ENTITY).key().role()).isEqualTo(Role.SERVER);
    assertThat(only(SERVER_ENTITY).key().serverPort()).isEqualTo(40_000);
  }

  @Test
  void addressesOfLocalNetworksMeanSomethingOnThisHostOnly() {
    kernel.open("1", tcp("172.17.0.2", 40_000, "172.17.0.3", 80)).heldBy(CLIENT);
    scan();

    assertThat(only(CLIENT_ENTITY).key().reach()).isEqualTo(Reach.HOST);
  }

  @Test
  void anotherTierGoesOnWithTheSameConnections() {
    scan();
    SimulatedKernel.End end =
        kernel.open("1", tcp("10.0.0.1", 40_000, "192.0.2.7", 443)).heldBy(CLIENT).sends(9);
    scan();
    kernel.becomes(Tier.PROC);
    scan();
    end.sends(1);
    scan();

    Series series = only(CLIENT_ENTITY);
    assertThat(series.opened()).isEqualTo(1);
    assertThat(series.active()).isEqualTo(1);
    assertThat(series.transmitted()).isEqualTo(9);
  }

  @Test
  void publicPeersBeyondTheLimitShareOneSeries() {
    scan();
    for (int i = 0; i < SeriesBook.PUBLIC_PEERS + 100; i++) {
      kernel
          .open("1", tcp("10.0.0.1", 33_000 + i, "203.0." + i / 250 + "." + (1 + i % 250), 443))
          .heldBy(CLIENT);
    }
    scan();

    assertThat(tracker.series()).hasSize(SeriesBook.PUBLIC_PEERS + 1);
    assertThat(tracker.series())
        .filteredOn(series -> series.key().fold() == SeriesKey.Fold.REMOTE_ADDRESS)
        .singleElement()
        .satisfies(series -> {
          assertThat(series.active()).isEqualTo(100);
          assertThat(series.key().serverPort()).isEqualTo(443);
        });
  }

  @Test
  void aListenerOnAllAddressesIsSaidOncePerAddressOfItsNamespace() {
    kernel.listen("1", Transport.TCP, "::", 80, SERVER);
    kernel.listen("2", Transport.TCP, "0.0.0.0", 81, WORKER);
    tracker.addressesOf("1", Set.of(IpAddress.parse("10.0.0.1"), IpAddress.parse("2001:db8::1")));
    scan();

    assertThat(tracker.listeners())
        .isEqualTo(
            Map.of(
                listener(SERVER, "1", "10.0.0.1", 80), 1,
                listener(SERVER, "1", "2001:db8::1", 80), 1,
                listener(WORKER, "2", "0.0.0.0", 81), 1));
  }

  @Test
  void anAddressThatOnlySocketsUseIsNotOneOfAListenerOnAll() {
    kernel.listen("1", Transport.TCP, "0.0.0.0", 80, SERVER);
    tracker.addressesOf("1", Set.of(IpAddress.parse("127.0.0.1")));
    kernel.open("1", tcp("127.0.0.9", 40_000, "127.0.0.1", 80)).heldBy(CLIENT);
    scan();

    assertThat(tracker.listeners()).containsOnlyKeys(listener(SERVER, "1", "127.0.0.1", 80));
  }

  @Test
  void aUdpSocketIsAClientWhenItsPeerIsBound() {
    kernel.listen("2", Transport.UDP, "10.0.0.2", 53, SERVER);
    SocketTuple tuple =
        new SocketTuple(
            Transport.UDP, IpAddress.parse("10.0.0.1"), 40_000, IpAddress.parse("10.0.0.2"), 53);
    kernel.open("1", tuple).heldBy(CLIENT);
    scan();
    scan();

    assertThat(only(CLIENT_ENTITY).key().role()).isEqualTo(Role.CLIENT);
    assertThat(only(CLIENT_ENTITY).key().transport()).isEqualTo(Transport.UDP);
  }

  private static ListenerKey listener(
      ProcessIdentity owner, String namespace, String address, int port) {
    return new ListenerKey(
        new LocalEntity.OfProcess(owner), namespace, Transport.TCP, IpAddress.parse(address), port);
  }

  private void scan() {
    now += 1_000_000_000L;
    try {
      tracker.scan(kernel, now);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Series only(LocalEntity owner) {
    List<Series> series =
        tracker.series().stream().filter(one -> one.key().owner().equals(owner)).toList();
    assertThat(series).as("series of %s among %s", owner, tracker.series()).hasSize(1);
    return series.getFirst();
  }
}
