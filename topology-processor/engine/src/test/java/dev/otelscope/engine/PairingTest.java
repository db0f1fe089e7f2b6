package dev.otelscope.engine;

import static dev.otelscope.engine.ProbeRequest.Connections.client;
import static dev.otelscope.engine.ProbeRequest.Connections.server;
import static dev.otelscope.engine.ProbeRequest.Connections.unknown;
import static dev.otelscope.engine.ProbeRequest.hostId;
import static dev.otelscope.engine.ProbeRequest.processId;
import static dev.otelscope.engine.ProbeRequest.unattributedId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.engine.ProbeRequest.Connections;
import dev.otelscope.engine.counters.Counted;
import dev.otelscope.model.Edge;
import dev.otelscope.model.EdgeKey;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Pairing;
import dev.otelscope.model.Transport;
import dev.otelscope.model.VirtualAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Who belongs together: one test per rule of `Join` and `RoleChoice`.
class PairingTest {
  private static final String A = "10.0.0.1";
  private static final String B = "10.0.0.2";

  @RegisterExtension private final EngineRig rig = new EngineRig();
  private final long start = rig.now();
  private final long time = start + 1_000_000;

  @Test
  void peersGiveTheExactMatrixOfPreforkedWorkersAndTheirClients() {
    ProbeRequest request = new ProbeRequest();
    for (int from = 1; from <= 5; from++) {
      request.process("h1", from);
      for (int to = 11; to <= 14; to++) {
        Connections pair = client(A, A, 80).peer(processId("h1", to));
        request.opened(pair, start, time, (long) from * to);
      }
    }
    for (int to = 11; to <= 14; to++) {
      request.process("h1", to);
      for (int from = 1; from <= 5; from++) {
        Connections pair = server(A, A, 80).peer(processId("h1", from));
        request.opened(pair, start, time, (long) from * to);
      }
    }
    rig.send(request);

    assertThat(rig.graph().edges()).hasSize(20);
    for (int from = 1; from <= 5; from++) {
      for (int to = 11; to <= 14; to++) {
        Edge edge = rig.edge(processId("h1", from), processId("h1", to), 80);
        assertThat(edge.totals().opened()).isEqualTo((double) from * to);
        assertThat(edge.pairing()).isEqualTo(Pairing.EXACT);
      }
    }
  }

  @Test
  void aVirtualAddressLeadsToItsBackendsAndIsRememberedOnTheirEdges() {
    rig.send(
        new ProbeRequest()
            .process("h1", 10)
            .opened(translated(B, 8080, "10.96.0.1"), start, time, 2)
            .opened(translated("10.0.0.3", 8080, "10.96.0.1"), start, time, 3)
            .opened(client(A, B, 8080), start, time, 4)
            .process("h2", 20)
            .opened(server(A, B, 8080), start, time, 6)
            .process("h3", 30)
            .opened(server(A, "10.0.0.3", 8080), start, time, 3));

    Edge first = rig.edge(processId("h1", 10), processId("h2", 20), 8080);
    assertThat(first.totals().opened()).as("through the address, and directly").isEqualTo(6);
    assertThat(first.virtualAddresses()).containsExactly(virtual("10.96.0.1"));
    Edge second = rig.edge(processId("h1", 10), processId("h3", 30), 8080);
    assertThat(second.totals().opened()).isEqualTo(3);
    assertThat(second.virtualAddresses()).containsExactly(virtual("10.96.0.1"));
    assertThat(rig.graph().edges()).hasSize(2);
  }

  @Test
  void bothEndsOfAMasqueradedConnectionMeet() {
    rig.send(
        new ProbeRequest()
            .process("h1", 10)
            .opened(
                client(A, B, 80)
                    .with("network.peer.address", B)
                    .with("network.peer.port", 80)
                    .with("otelscope.client.translated_address", "192.0.2.1"),
                start,
                time,
                5)
            .process("h2", 20)
            .opened(server(A, B, 80).with("network.peer.address", "192.0.2.1"), start, time, 5));

    Edge edge = rig.edge(processId("h1", 10), processId("h2", 20), 80);
    assertThat(edge.totals().opened()).isEqualTo(5);
    assertThat(edge.virtualAddresses()).isEmpty();
    assertThat(rig.graph().edges()).hasSize(1);
  }

  @Test
  void ofVeryManyVirtualAddressesSomeAreRemembered() {
    ProbeRequest request = new ProbeRequest().process("h1", 10);
    for (int i = 1; i <= 20; i++) {
      request.opened(translated(B, 8080, "10.96.0." + i), start, time, 1);
    }
    rig.send(request.process("h2", 20).opened(server(A, B, 8080), start, time, 20));

    Edge edge = rig.edge(processId("h1", 10), processId("h2", 20), 8080);
    assertThat(edge.totals().opened()).isEqualTo(20);
    assertThat(edge.virtualAddresses())
        .hasSize(8)
        .contains(virtual("10.96.0.1"), virtual("10.96.0.8"));
  }

  private static Connections translated(String to, int port, String asked) {
    return client(A, asked, 80).with("network.peer.address", to).with("network.peer.port", port);
  }

  private static VirtualAddress virtual(String address) {
    return new VirtualAddress(IpAddress.parse(address), 80);
  }

  @Test
  void severalClientsOfSeveralServersMeetInTheProcessThatStartedThose() {
    rig.send(
        new ProbeRequest()
            .process("h2", 20)
            .active(server(B, B, 1), start, time, 0)
            .process("h2", 21, 20)
            .opened(server(A, B, 80), start, time, 2)
            .process("h2", 22, 20)
            .opened(server(A, B, 80), start, time, 3)
            .process("h1", 10)
            .opened(client(A, B, 80), start, time, 4)
            .process("h1", 11)
            .opened(client(A, B, 80), start, time, 1));

    Edge edge = rig.edge(processId("h1", 10), processId("h2", 20), 80);
    assertThat(edge.pairing()).isEqualTo(Pairing.AMBIGUOUS);
    assertThat(edge.totals().opened()).isEqualTo(4);
  }

  @Test
  void aSoleClientHasAllThatSeveralServersHave() {
    rig.send(
        new ProbeRequest()
            .process("h2", 21, 20)
            .opened(server(A, B, 80), start, time, 2)
            .process("h2", 22, 20)
            .opened(server(A, B, 80), start, time, 3)
            .process("h1", 10)
            .opened(client(A, B, 80), start, time, 5)
            .transmitted(client(A, B, 80), start, time, 1_000));

    Edge first = rig.edge(processId("h1", 10), processId("h2", 21), 80);
    Edge second = rig.edge(processId("h1", 10), processId("h2", 22), 80);
    assertThat(first.totals().opened()).isEqualTo(2);
    assertThat(second.totals().opened()).isEqualTo(3);
    assertThat(first.totals().bytesSent()).isEqualTo(400);
    assertThat(second.totals().bytesSent()).isEqualTo(600);
    assertThat(List.of(first.pairing(), second.pairing())).containsOnly(Pairing.ESTIMATED);
    assertThat(rig.graph().edges()).hasSize(2);
  }

  @Test
  void aSoleClientBehindATranslatedAddressMayNotBeAlone() {
    Connections translated =
        client(A, B, 80)
            .with("network.peer.address", B)
            .with("network.peer.port", 80)
            .with("otelscope.client.translated_address", "192.0.2.1");
    Connections accepted = server(A, B, 80).with("network.peer.address", "192.0.2.1");
    rig.send(
        new ProbeRequest()
            .process("h2", 21)
            .opened(accepted, start, time, 2)
            .process("h2", 22)
            .opened(accepted, start, time, 3)
            .process("h1", 10)
            .opened(translated, start, time, 2));

    assertThat(rig.edge(processId("h1", 10), hostId("h2"), 80).pairing())
        .isEqualTo(Pairing.AMBIGUOUS);
  }

  @Test
  void aClientWhoseEveryConnectionIsSampledAtOneServerHasThatServerExactly() {
    rig.send(
        new ProbeRequest()
            .process("h2", 21)
            .opened(server(A, B, 80), start, time, 2, 50_001, 50_002)
            .process("h2", 22)
            .opened(server(A, B, 80), start, time, 1, 50_003)
            .process("h1", 10)
            .opened(client(A, B, 80), start, time, 2, 50_001, 50_002)
            .process("h1", 11)
            .opened(client(A, B, 80), start, time, 1, 50_003));

    Edge first = rig.edge(processId("h1", 10), processId("h2", 21), 80);
    Edge second = rig.edge(processId("h1", 11), processId("h2", 22), 80);
    assertThat(first.totals().opened()).isEqualTo(2);
    assertThat(second.totals().opened()).isEqualTo(1);
    assertThat(List.of(first.pairing(), second.pairing())).containsOnly(Pairing.EXACT);
    assertThat(rig.graph().edges()).hasSize(2);
  }

  @Test
  void aClientWithConnectionsThatWereNotSampledIsEstimatedToHaveThemWhereTheOthersAre() {
    rig.send(
        new ProbeRequest()
            .process("h2", 21)
            .active(server(A, B, 80), start, time, 6, 50_001, 50_002)
            .process("h2", 22)
            .active(server(A, B, 80), start, time, 6, 50_003, 50_009)
            .process("h1", 10)
            .active(client(A, B, 80), start, time, 9, 50_001, 50_002, 50_003)
            .received(client(A, B, 80), start, time, 900)
            .process("h1", 11)
            .active(client(A, B, 80), start, time, 3, 50_009));

    Edge most = rig.edge(processId("h1", 10), processId("h2", 21), 80);
    Edge some = rig.edge(processId("h1", 10), processId("h2", 22), 80);
    assertThat(most.active()).as("all of six, and half of six").isEqualTo(6);
    assertThat(some.active()).isEqualTo(3);
    assertThat(most.totals().bytesReceived()).isEqualTo(600);
    assertThat(some.totals().bytesReceived()).isEqualTo(300);
    assertThat(List.of(most.pairing(), some.pairing())).containsOnly(Pairing.ESTIMATED);
    Edge other = rig.edge(processId("h1", 11), processId("h2", 22), 80);
    assertThat(other.active()).isEqualTo(3);
    assertThat(rig.graph().edges()).hasSize(3);
  }

  @Test
  void whatWasGivenToAServerStaysWithItWhenSharesChange() {
    ProbeRequest others =
        new ProbeRequest().process("h1", 11).opened(client(A, B, 80), start, time, 1, 50_003);
    rig.send(
        others
            .process("h2", 21)
            .opened(server(A, B, 80), start, time, 10, 50_001)
            .process("h2", 22)
            .opened(server(A, B, 80), start, time, 10, 50_003)
            .process("h1", 10)
            .opened(client(A, B, 80), start, time, 10, 50_001));
    assertThat(rig.edge(processId("h1", 10), processId("h2", 21), 80).totals().opened())
        .isEqualTo(10);

    rig.advance(Duration.ofSeconds(5));
    long later = rig.now();
    rig.send(
        new ProbeRequest()
            .process("h2", 22)
            .opened(server(A, B, 80), start, later, 20, 50_004)
            .process("h1", 10)
            .opened(client(A, B, 80), start, later, 20, 50_004));

    Edge before = rig.edge(processId("h1", 10), processId("h2", 21), 80);
    Edge since = rig.edge(processId("h1", 10), processId("h2", 22), 80);
    assertThat(before.totals().opened()).isGreaterThanOrEqualTo(10);
    assertThat(since.totals().opened()).isPositive();
    assertThat(before.totals().opened() + since.totals().opened()).isEqualTo(20);
  }

  @Test
  void aPortThatIsUsedAgainIsTheConnectionThatIsNearestInTime() {
    rig.send(
        new ProbeRequest()
            .process("h2", 21)
            .opened(server(A, B, 80), start, time, 1, 50_001)
            .process("h1", 11)
            .opened(client(A, B, 80), start, time, 1, 50_001));
    rig.advance(Duration.ofSeconds(20));
    long later = rig.now();
    rig.send(
        new ProbeRequest()
            .process("h2", 22)
            .opened(server(A, B, 80), start, later, 1, 50_001)
            .process("h1", 10)
            .opened(client(A, B, 80), start, later, 1, 50_001));

    assertThat(rig.edge(processId("h1", 10), processId("h2", 22), 80).pairing())
        .isEqualTo(Pairing.EXACT);
  }

  @Test
  void aServerThatStartedTheOthersIsTheirCommonParent() {
    rig.send(
        new ProbeRequest()
            .process("h2", 20)
            .opened(server(A, B, 80), start, time, 2)
            .process("h2", 22, 20)
            .opened(server(A, B, 80), start, time, 3)
            .process("h1", 10)
            .opened(client(A, B, 80), start, time, 4)
            .process("h1", 11)
            .opened(client(A, B, 80), start, time, 1));

    rig.edge(processId("h1", 10), processId("h2", 20), 80);
  }

  @Test
  void serversThatOnlyInitHasInCommonMeetInTheirHost() {
    rig.send(
        new ProbeRequest()
            .process("h2", 1)
            .active(server(B, B, 1), start, time, 0)
            .process("h2", 21, 1)
            .opened(server(A, B, 80), start, time, 2)
            .process("h2", 22, 1)
            .opened(server(A, B, 80), start, time, 3)
            .process("h1", 10)
            .opened(client(A, B, 80), start, time, 4)
            .process("h1", 11)
            .opened(client(A, B, 80), start, time, 1));

    Edge edge = rig.edge(processId("h1", 10), hostId("h2"), 80);
    assertThat(edge.pairing()).isEqualTo(Pairing.AMBIGUOUS);
  }

  @Test
  void aServerAndTheUnattributedRestOfItsHostAreTwoEnds() {
    rig.send(
        new ProbeRequest()
            .process("h1", 10)
            .opened(client(A, B, 80), start, time, 1)
            .unattributed("h1", "1")
            .opened(client(A, B, 80), start, time, 7)
            .process("h2", 20)
            .opened(server(A, B, 80), start, time, 1)
            .unattributed("h2", "1")
            .opened(server(A, B, 80), start, time, 7));

    Edge known = rig.edge(processId("h1", 10), processId("h2", 20), 80);
    Edge rest = rig.edge(unattributedId("h1", "1"), unattributedId("h2", "1"), 80);
    assertThat(known.totals().opened()).isEqualTo(1);
    assertThat(rest.totals().opened()).isEqualTo(7);
    assertThat(rig.graph().edges()).hasSize(2);
  }

  @Test
  void unattributedAtOneEndOnlyKeepsTheProcessAtTheOther() {
    rig.send(
        new ProbeRequest()
            .unattributed("h1", "1")
            .opened(client(A, B, 80), start, time, 7)
            .process("h2", 20)
            .opened(server(A, B, 80), start, time, 7));

    rig.edge(unattributedId("h1", "1"), processId("h2", 20), 80);
    assertThat(rig.graph().edges()).hasSize(1);
  }

  @Test
  void aPeerThatWasNotHeardOfYetIsThereAsABareEntity() {
    rig.send(
        new ProbeRequest()
            .process("h1", 20)
            .opened(server(A, A, 80).peer(processId("h1", 10)), start, time, 4));

    assertThat(rig.edge(processId("h1", 10), processId("h1", 20), 80).totals().opened())
        .isEqualTo(4);
    rig.send(
        new ProbeRequest()
            .process("h1", 10)
            .opened(client(A, A, 80).peer(processId("h1", 20)), start, time, 4));
    assertThat(rig.edge(processId("h1", 10), processId("h1", 20), 80).totals().opened())
        .isEqualTo(4);
  }

  @Test
  void aPeerThatBecomesKnownLateTakesTheEarlierFiguresAlong() {
    Connections alone = client(A, A, 80);
    rig.send(new ProbeRequest().process("h1", 10).opened(alone, start, time, 4));
    rig.graph();
    rig.send(
        new ProbeRequest()
            .process("h1", 10)
            .transmitted(alone.peer(processId("h1", 20)), start, time, 99));

    Edge edge = rig.edge(processId("h1", 10), processId("h1", 20), 80);
    assertThat(edge.totals().opened()).isEqualTo(4);
    assertThat(edge.totals().bytesSent()).isEqualTo(99);
    assertThat(rig.graph().edges()).hasSize(1);
  }

  @Test
  void equalLoopbackAddressesInTwoNamespacesAreTwoFlows() {
    Connections loopback = client("127.0.0.1", "127.0.0.1", 80).reach("namespace");
    Connections served = server("127.0.0.1", "127.0.0.1", 80).reach("namespace");
    rig.send(
        new ProbeRequest()
            .unattributed("h1", "1")
            .opened(loopback, start, time, 1)
            .unattributed("h1", "2")
            .opened(loopback, start, time, 2)
            .process("h1", 20)
            .opened(served, start, time, 1));

    assertThat(keys())
        .containsExactlyInAnyOrder(
            key(unattributedId("h1", "1"), processId("h1", 20)),
            key(unattributedId("h1", "2"), EntityId.of("address", "h1", "127.0.0.1")));
  }

  @Test
  void anAddressOfTwoHostsIsNeither() {
    rig.send(
        new ProbeRequest()
            .host("h2", B)
            .heartbeat(1, "", start, time)
            .host("h3", B)
            .heartbeat(1, "", start, time)
            .process("h1", 10)
            .opened(client(A, B, 80), start, time, 1));

    Edge edge = rig.edge(processId("h1", 10), EntityId.of("address", "global", B), 80);
    assertThat(edge.pairing()).isEqualTo(Pairing.AMBIGUOUS);
    assertThat(rig.engine().counters().of(Counted.ADDRESS_AMBIGUOUS)).isPositive();
  }

  @Test
  void whoDoesNotKnowItsRoleIsAClientWhereSomebodyListens() {
    rig.send(
        new ProbeRequest()
            .process("h2", 20)
            .listener(B, 80, start, time, 1)
            .process("h1", 10)
            .opened(unknown(A, B, 80), start, time, 1));

    rig.edge(processId("h1", 10), processId("h2", 20), 80);
  }

  @Test
  void whoDoesNotKnowItsRoleServesWhoSaysThatItIsAClient() {
    rig.send(
        new ProbeRequest()
            .process("h2", 20)
            .opened(unknown(B, A, 0), start, time, 3)
            .process("h1", 10)
            .opened(client(A, B, 80), start, time, 3));

    assertThat(rig.edge(processId("h1", 10), processId("h2", 20), 80).totals().opened())
        .isEqualTo(3);
    assertThat(rig.graph().edges()).hasSize(1);
  }

  @Test
  void twoWhoDoNotKnowTheirRolesAreCountedOnce() {
    rig.send(
        new ProbeRequest()
            .process("h2", 20)
            .opened(unknown(B, A, 0), start, time, 3)
            .process("h1", 10)
            .opened(unknown(A, B, 0), start, time, 3));

    assertThat(rig.graph().edges()).hasSize(1);
    assertThat(rig.graph().edges().values()).allMatch(edge -> edge.totals().opened() == 3);
  }

  @Test
  void aloneItIsTakenForAClientOfAnUnknownPort() {
    rig.send(new ProbeRequest().process("h1", 10).opened(unknown(A, B, 0), start, time, 1));

    rig.edge(processId("h1", 10), EntityId.of("address", "global", B), 0);
  }

  private Set<EdgeKey> keys() {
    return rig.graph().edges().keySet().stream().collect(Collectors.toSet());
  }

  private static EdgeKey key(EntityId client, EntityId server) {
    return new EdgeKey(client, server, Transport.TCP, 80);
  }
}
