package dev.otelscope.probe.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Transport;
import dev.otelscope.probe.Requires;
import dev.otelscope.probe.Requires.Need;
import dev.otelscope.probe.TestNamespace;
import dev.otelscope.probe.connection.PastConnections.OtherEnd;
import dev.otelscope.probe.connection.Socket.Direction;
import dev.otelscope.probe.kernel.NamespaceSelection;
import dev.otelscope.probe.process.ProcessIdentity;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every [ConnectionSource] does, as far as its tier promises; with real sockets, in a network
/// namespace of the test's own.
@Requires({Need.ROOT, Need.IPROUTE2})
public abstract class ConnectionSourceContract {
  /// What the better tiers can and others cannot.
  protected enum Ability {
    /// Sees more than one network namespace.
    OTHER_NAMESPACES,
    /// Sees connections that no scan met, and why one ended.
    ENDS,
    /// Knows bytes and round-trip times.
    FIGURES,
    /// Knows who connected.
    DIRECTION,
    /// Knows the process of every connection, and adds up those that no scan met.
    EVERY_CONNECTION
  }

  private static final int SCANS_TO_SETTLE = 4;
  private static final int PID = (int) ProcessHandle.current().pid();

  private final Recorder told = new Recorder();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private TestNamespace namespace;
  private ConnectionSource source;

  protected abstract Set<Ability> abilities();

  /// Opens the source that is tested.
  protected abstract ConnectionSource open(NamespaceSelection selection) throws Exception;

  /// Runs something where the source belongs.
  protected <T> T where(TestNamespace namespace, Callable<T> work) throws Exception {
    return work.call();
  }

  @BeforeEach
  void openSource() throws Exception {
    namespace = TestNamespace.create();
    source = where(namespace, () -> open(selection()));
  }

  /// What [#open] is given.
  protected NamespaceSelection selection() {
    return namespace.selection();
  }

  @AfterEach
  void closeAll() throws Exception {
    try {
      source.close();
      for (AutoCloseable each : opened.reversed()) {
        each.close();
      }
    } finally {
      namespace.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void bothEndsOfAConnectionAreToldOpen(String address) throws Exception {
    TcpPair pair = pair(address);

    scan();

    Socket client = told.open(here(), pair.clientPort());
    assertThat(client.transport()).isEqualTo(Transport.TCP);
    assertThat(client.localAddress()).isEqualTo(IpAddress.parse(address));
    assertThat(client.remoteAddress()).isEqualTo(IpAddress.parse(address));
    assertThat(client.remotePort()).isEqualTo(pair.serverPort());
    assertThat(client.state()).isEqualTo(TcpState.ESTABLISHED);
    assertThat(client.inode()).isPositive();
    assertThat(client.uid()).isZero();
    Socket server = told.open(here(), pair.serverPort());
    assertThat(server.remotePort()).isEqualTo(pair.clientPort());
    assertThat(server.inode()).isPositive().isNotEqualTo(client.inode());
    assertThat(server.cookie()).isNotZero().isNotEqualTo(client.cookie());
  }

  @Test
  void ipv4OverAnIpv6SocketIsToldAsIpv4() throws Exception {
    ServerSocketChannel listener = keep(namespace.inside(() -> TcpPair.listen("::", 0)));
    int port = listener.socket().getLocalPort();
    SocketChannel client = keep(namespace.inside(() -> SocketChannel.open()));
    client.connect(TcpPair.at("127.0.0.1", port));
    keep(listener.accept());

    scan();

    assertThat(told.open(here(), port).localAddress()).isEqualTo(IpAddress.parse("127.0.0.1"));
    assertThat(told.open(here(), client.socket().getLocalPort()).remoteAddress())
        .isEqualTo(IpAddress.parse("127.0.0.1"));
  }

  @Test
  void aSocketThatDoesNotChangeIsTheSameObject() throws Exception {
    TcpPair pair = pair("127.0.0.1");
    pair.send(10);
    scan();
    scan(); // figures such as the round-trip time have settled
    Socket first = told.open(here(), pair.clientPort());

    scan();

    assertThat(told.open(here(), pair.clientPort())).isSameAs(first);
  }

  @Test
  void theEndOfASocketIsToldOnce() throws Exception {
    TcpPair pair = pair("127.0.0.1");
    scan();
    Socket client = told.open(here(), pair.clientPort());
    Socket server = told.open(here(), pair.serverPort());
    assertThat(told.closed(here())).isEmpty();

    pair.closeConnection();
    scanUntilClosed(here(), 2);

    assertThat(told.closed(here()))
        .extracting(ClosedSocket::cookie, ClosedSocket::remotePort, ClosedSocket::established)
        .containsExactlyInAnyOrder(
            tuple(client.cookie(), client.remotePort(), true),
            tuple(server.cookie(), server.remotePort(), true));
    assertThat(told.open(here())).isEmpty();
  }

  @Test
  void aConnectionHalfClosedIsToldOnBothEndsUntilItEnds() throws Exception {
    TcpPair pair = pair("127.0.0.1");
    scan();

    pair.client().shutdownOutput();
    scan();

    assertThat(told.open(here(), pair.clientPort()).state())
        .isIn(TcpState.FIN_WAIT1, TcpState.FIN_WAIT2); // the former until the FIN is acknowledged
    assertThat(told.open(here(), pair.serverPort()).state()).isEqualTo(TcpState.CLOSE_WAIT);
    assertThat(told.closed(here())).isEmpty();
  }

  @Test
  void aResetConnectionEndsOnceAlsoWhenItsFileIsClosedMuchLater() throws Exception {
    TcpPair pair = pair("127.0.0.1");
    scan();
    pair.server().setOption(StandardSocketOptions.SO_LINGER, 0);
    pair.server().close();
    scanUntilClosed(here(), 2);

    pair.client().close();
    scanUntilClosed(here(), 2);

    assertThat(told.closed(here())).allMatch(ClosedSocket::established);
  }

  @Test
  void theProcessIsToldWithEverySocket() throws Exception {
    assumeEveryConnection();
    TcpPair pair = pair("127.0.0.1");

    scan();

    for (int port : List.of(pair.clientPort(), pair.serverPort())) {
      Socket socket = told.open(here(), port);
      assertThat(socket.process().map(ProcessIdentity::pid)).contains(PID);
    }
    ListeningSocket listening = told.listening(here(), pair.serverPort());
    assertThat(listening.process().map(ProcessIdentity::pid)).contains(PID);
  }

  @Test
  void bothEndsOfAShortConnectionNameEachOther() throws Exception {
    assumeEveryConnection();
    TcpPair pair = pair("::1");
    pair.closeConnection();

    scanUntilClosed(here(), 2);

    for (Direction direction : List.of(Direction.OUTBOUND, Direction.INBOUND)) {
      PastConnections past = past(direction);
      assertThat(past.opened()).isEqualTo(1);
      assertThat(past.process().map(ProcessIdentity::pid)).contains(PID);
      assertThat(past.otherEnd()).contains(new OtherEnd(here(), past.process()));
    }
  }

  @Test
  void aConnectionThatIsCutBeforeAnyoneAcceptedItBelongsToNobodyAtThatEnd() throws Exception {
    assumeEveryConnection();
    ServerSocketChannel listener = keep(namespace.inside(() -> TcpPair.listen("127.0.0.1", 0)));
    cut(keep(connectTo(listener)));

    scanUntilClosed(here(), 2);

    assertThat(past(Direction.OUTBOUND).reset()).isEqualTo(1);
    assertThat(past(Direction.INBOUND).reset()).isEqualTo(1);
    assertThat(past(Direction.INBOUND).process()).isEmpty();
    assertThat(past(Direction.OUTBOUND).otherEnd())
        .contains(new OtherEnd(here(), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoCutsAConnectionIsKnownAndBothEndsAreReset(boolean met) throws Exception {
    assumeEveryConnection();
    TcpPair pair = pair("127.0.0.1");
    if (met) {
      scan();
    }
    cut(pair.server());
    pair.client().close();

    scanUntilClosed(here(), 2);

    if (met) {
      assertThat(told.closed(here()))
          .extracting(ClosedSocket::ending, closed -> closed.process().orElseThrow().pid())
          .containsOnly(tuple(Ending.RESET, PID));
      assertThat(told.closed(here())).allMatch(closed -> closed.durationNanos() > 0);
    } else {
      assertThat(past(Direction.INBOUND).reset()).isEqualTo(1);
      assertThat(past(Direction.INBOUND).process().map(ProcessIdentity::pid)).contains(PID);
      assertThat(past(Direction.OUTBOUND).reset()).isEqualTo(1);
    }
  }

  @Test
  void anEndThatIsOverDoesNotWaitForTheOtherOneWhenAScanMeetsThat() throws Exception {
    assumeEveryConnection();
    TcpPair pair = pair("127.0.0.1");
    pair.client().close();
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> {
          scan();
          return !told.closed(here()).isEmpty();
        });

    assertThat(told.closed(here()).getFirst().direction()).isEqualTo(Direction.OUTBOUND);
    assertThat(told.open(here(), pair.serverPort()).state()).isEqualTo(TcpState.CLOSE_WAIT);
    pair.server().close();
    scanUntilClosed(here(), 2);
  }

  @Test
  void aConnectionIsToldAtTheServerOnceItIsAccepted() throws Exception {
    assumeEveryConnection();
    ServerSocketChannel listener = keep(namespace.inside(() -> TcpPair.listen("127.0.0.1", 0)));
    keep(connectTo(listener));
    scan();
    assertThat(told.open(here())).hasSize(1);

    keep(listener.accept());
    scan();

    Socket accepted = told.open(here(), listener.socket().getLocalPort());
    assertThat(accepted.direction()).isEqualTo(Direction.INBOUND);
    assertThat(accepted.process().map(ProcessIdentity::pid)).contains(PID);
  }

  @Test
  void whatWasOpenBeforeTheSourceIsToldAndEndsLikeTheOthers() throws Exception {
    TcpPair pair = pair("127.0.0.1");
    pair.send(1000);
    source.close();
    source = where(namespace, () -> open(selection()));
    scan();
    assertThat(told.open(here())).hasSize(2);

    pair.closeConnection();
    scanUntilClosed(here(), 2);

    assertThat(told.closed(here())).hasSize(2).allMatch(ClosedSocket::established);
  }

  @Test
  void aConnectionBetweenTwoScansIsToldClosed() throws Exception {
    assumeTrue(abilities().contains(Ability.ENDS), "needs events");
    scan();
    TcpPair pair = pair("127.0.0.1");
    int clientPort = pair.clientPort();
    pair.send(1000);
    pair.closeConnection();

    scanUntilClosed(here(), 2);

    if (abilities().contains(Ability.EVERY_CONNECTION)) {
      assertThat(past(Direction.OUTBOUND).bytesSent()).isEqualTo(1000);
      assertThat(past(Direction.INBOUND).bytesReceived()).isEqualTo(1000);
      assertThat(past(Direction.OUTBOUND).serverPort()).isEqualTo(pair.serverPort());
      return;
    }
    assertThat(told.closed(here())).allMatch(ClosedSocket::established);
    ClosedSocket client =
        told.closed(here()).stream()
            .filter(closed -> closed.localPort() == clientPort)
            .findAny()
            .orElseThrow();
    assertThat(client.remotePort()).isEqualTo(pair.serverPort());
    assertThat(client.bytesSent()).isEqualTo(1000);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRefusedConnectionIsToldAsNeverEstablished(boolean blocking) throws Exception {
    assumeTrue(abilities().contains(Ability.ENDS), "needs events");
    scan();
    int nobody = freePort();
    SocketChannel client = namespace.inside(() -> SocketChannel.open(TcpPair.family("127.0.0.1")));
    client.configureBlocking(blocking);
    InetSocketAddress target = TcpPair.at("127.0.0.1", nobody);
    assertThatThrownBy(
            () -> {
              client.connect(target);
              Awaitility.await().until(client::finishConnect);
            })
        .hasStackTraceContaining(ConnectException.class.getName());
    client.close();

    scanUntilClosed(here(), 1);

    if (abilities().contains(Ability.EVERY_CONNECTION)) {
      PastConnections refused = past(Direction.OUTBOUND);
      assertThat(refused.refused()).isEqualTo(1);
      assertThat(refused.opened()).isZero();
      assertThat(refused.serverPort()).isEqualTo(nobody);
      assertThat(refused.remoteAddress()).isEqualTo(IpAddress.parse("127.0.0.1"));
      assertThat(refused.process().map(ProcessIdentity::pid)).contains(PID);
      return;
    }
    assertThat(told.closed(here())).noneMatch(ClosedSocket::established);
    assertThat(told.closed(here()).getFirst().remoteAddress())
        .isEqualTo(IpAddress.parse("127.0.0.1"));
  }

  @Test
  void aConnectionThatIsBeingMadeIsToldAsSuch() throws Exception {
    namespace.configure("link", "add", "near", "type", "veth", "peer", "name", "far");
    namespace.configure("link", "set", "near", "up");
    namespace.configure("link", "set", "far", "up");
    namespace.configure("address", "add", "192.0.2.1/24", "dev", "near"); // nobody has 192.0.2.2
    SocketChannel client =
        keep(namespace.inside(() -> SocketChannel.open(TcpPair.family("192.0.2.2"))));
    client.configureBlocking(false);
    client.connect(TcpPair.at("192.0.2.2", 80));

    scan();

    assertThat(told.open(here())).hasSize(1);
    Socket socket = told.open(here()).getFirst();
    assertThat(socket.state()).isEqualTo(TcpState.SYN_SENT);
    assertThat(socket.direction()).isEqualTo(Direction.OUTBOUND);
    client.close();
    scanUntilClosed(here(), 1);
    assertThat(told.closed(here())).noneMatch(ClosedSocket::established);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "::1", "::"})
  void listenersAreTold(String address) throws Exception {
    ServerSocketChannel listener = keep(namespace.inside(() -> TcpPair.listen(address, 0)));

    scan();

    ListeningSocket socket = told.listening(here(), listener.socket().getLocalPort());
    assertThat(socket.transport()).isEqualTo(Transport.TCP);
    assertThat(socket.address()).isEqualTo(IpAddress.parse(address));
    assertThat(socket.inode()).isPositive();
    if (address.equals("::") || address.indexOf(':') < 0) {
      assertThat(socket.bothFamilies()).isEqualTo(address.equals("::"));
    }
  }

  @Test
  void aUdpPairIsOpenAndAUdpSocketWithoutAPeerListens() throws Exception {
    DatagramChannel server = keep(udp());
    DatagramChannel client = keep(udp());
    int serverPort = bind(server);
    client.connect(TcpPair.at("127.0.0.1", serverPort));
    int clientPort = client.socket().getLocalPort();

    scan();

    assertThat(told.listening(here(), serverPort).transport()).isEqualTo(Transport.UDP);
    Socket socket = told.open(here(), clientPort);
    assertThat(socket.transport()).isEqualTo(Transport.UDP);
    assertThat(socket.remotePort()).isEqualTo(serverPort);
    client.close();
    scanUntilClosed(here(), 1);
    assertThat(told.closed(here()))
        .extracting(ClosedSocket::cookie)
        .containsExactly(socket.cookie());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aUdpFlowIsToldAtBothEndsWithItsPayload(boolean clientHasAPeer) throws Exception {
    assumeEveryConnection();
    scan();
    DatagramChannel server = keep(udp());
    DatagramChannel client = keep(udp());
    InetSocketAddress there = TcpPair.at("127.0.0.1", bind(server));
    int clientPort = bind(client);
    if (clientHasAPeer) {
      client.connect(there);
    }
    client.send(ByteBuffer.allocate(100), there);
    server.send(ByteBuffer.allocate(30), TcpPair.at("127.0.0.1", clientPort));

    scan();

    Socket asking = told.open(here(), clientPort);
    assertThat(asking.direction()).isEqualTo(Direction.OUTBOUND);
    assertThat(asking.remotePort()).isEqualTo(there.getPort());
    assertThat(asking.bytesSent()).isEqualTo(100);
    assertThat(asking.bytesReceived()).isEqualTo(30);
    Socket answering = told.open(here(), there.getPort());
    assertThat(answering.direction()).isEqualTo(Direction.INBOUND);
    assertThat(answering.bytesSent()).isEqualTo(30);
    assertThat(answering.process().map(ProcessIdentity::pid)).contains(PID);

    client.send(ByteBuffer.allocate(11), there);
    scan();
    assertThat(told.open(here(), clientPort).cookie()).isEqualTo(asking.cookie());
    assertThat(told.open(here(), clientPort).bytesSent()).isEqualTo(111);
    client.close();
    scanUntilClosed(here(), 1);
  }

  @Test
  void aUdpSocketThatNoScanMetIsToldWithItsProcess() throws Exception {
    assumeEveryConnection();
    scan();
    DatagramChannel server = keep(udp());
    InetSocketAddress there = TcpPair.at("127.0.0.1", bind(server));
    int clientPort =
        namespace.inside(() -> {
          try (DatagramChannel client = DatagramChannel.open(TcpPair.family("127.0.0.1"))) {
            client.bind(TcpPair.at("127.0.0.1", 0));
            client.send(ByteBuffer.allocate(100), there);
            return client.socket().getLocalPort();
          }
        });
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> {
          scan();
          return told.open(here()).stream().anyMatch(open -> open.localPort() == clientPort);
        });

    Socket asking = told.open(here(), clientPort);
    assertThat(asking.process().map(ProcessIdentity::pid)).contains(PID);
    assertThat(asking.bytesSent()).isEqualTo(100);
    scanUntilClosed(here(), 1);
  }

  @Test
  void manyConnectionsToOnePortAreAllTold() throws Exception {
    ServerSocketChannel listener = keep(namespace.inside(() -> TcpPair.listen("127.0.0.1", 0)));
    for (int i = 0; i < 300; i++) {
      SocketChannel client =
          keep(namespace.inside(() -> SocketChannel.open(TcpPair.family("127.0.0.1"))));
      client.connect(listener.getLocalAddress());
      keep(listener.accept());
    }

    scan();

    assertThat(told.open(here())).hasSize(600).doesNotHaveDuplicates();
    assertThat(told.open(here())).extracting(Socket::cookie).doesNotHaveDuplicates();
    assertThat(told.listening(here())).hasSize(1);
  }

  @Test
  void figuresAreThoseOfTheConnection() throws Exception {
    assumeTrue(abilities().contains(Ability.FIGURES), "needs figures");
    TcpPair pair = pair("127.0.0.1");
    pair.send(123_456);
    awaitAcknowledged(pair, 123_456);

    Socket client = told.open(here(), pair.clientPort());
    Socket server = told.open(here(), pair.serverPort());
    assertThat(client.bytesSent()).isEqualTo(123_456);
    assertThat(server.bytesReceived()).isEqualTo(123_456);
    assertThat(client.bytesReceived()).isZero();
    assertThat(server.bytesSent()).isZero();
    assertThat(client.retransmits()).isNotNegative();
    assertThat(client.rttMicros()).isBetween(1L, 10_000_000L);
  }

  @Test
  void whoConnectedIsToldAlsoOfConnectionsThatAreOlder() throws Exception {
    assumeTrue(abilities().contains(Ability.DIRECTION), "needs the kernel's word");
    TcpPair idle = pair("127.0.0.1");
    TcpPair busy = pair("::1");
    busy.send(5000);
    awaitAcknowledged(busy, 5000);

    for (TcpPair pair : List.of(idle, busy)) {
      assertThat(told.open(here(), pair.clientPort()).direction()).isEqualTo(Direction.OUTBOUND);
      assertThat(told.open(here(), pair.serverPort()).direction()).isEqualTo(Direction.INBOUND);
    }
  }

  @Test
  void equalAddressesInTwoNamespacesAreKeptApart() throws Exception {
    assumeTrue(abilities().contains(Ability.OTHER_NAMESPACES), "sees one namespace");
    try (TestNamespace other = TestNamespace.create()) {
      source.close();
      source = open(new NamespaceSelection(Set.of(namespace.name(), other.name())));
      try (ServerSocketChannel one = namespace.inside(() -> TcpPair.listen("127.0.0.1", 8080));
          ServerSocketChannel two = other.inside(() -> TcpPair.listen("127.0.0.1", 8080))) {
        scan();

        long inode = told.listening(here(), 8080).inode();
        assertThat(told.listening(other.inode(), 8080).inode()).isPositive().isNotEqualTo(inode);
        assertThat(one.isOpen() && two.isOpen()).isTrue();
      }
    }
  }

  @Test
  void namespacesComeAndGo() throws Exception {
    assumeTrue(abilities().contains(Ability.OTHER_NAMESPACES), "sees one namespace");
    source.close();
    source = open(NamespaceSelection.ALL);
    scan();
    TestNamespace late = TestNamespace.create();
    TcpPair pair = late.inside(() -> TcpPair.open("127.0.0.1"));
    try (pair) {
      scan();
      assertThat(told.open(late.inode())).hasSize(2);
    } finally {
      late.close();
    }

    scanUntilClosed(late.inode(), 2);

    assertThat(told.open(late.inode())).isEmpty();
  }

  @Test
  void watchingANamespaceDoesNotKeepItAlive() throws Exception {
    assumeTrue(abilities().contains(Ability.OTHER_NAMESPACES), "sees one namespace");
    TestNamespace doomed = TestNamespace.create();
    try {
      namespace.configure(
          "link", "add", "near", "type", "veth", "peer", "far", "netns", doomed.name());
      source.close();
      source = open(new NamespaceSelection(Set.of(namespace.name(), doomed.name())));
      scan();
    } finally {
      doomed.close();
    }

    // The near end of the pair goes when the kernel destroys the namespace of the far end.
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> {
          scan();
          assertThat(interfaces()).doesNotContain("near");
        });
  }

  private List<String> interfaces() throws Exception {
    return namespace.inside(() -> {
      try (var links = Files.lines(Path.of("/proc/thread-self/net/dev"))) {
        return links.map(line -> line.strip().split(":", 2)[0]).toList();
      }
    });
  }

  private void scan() throws Exception {
    where(
        namespace,
        () -> {
          told.scan(source);
          return true;
        });
  }

  /// Scans until so many ends were told, and as often again as it may take to tell one too many.
  private void scanUntilClosed(String inNamespace, int count) throws Exception {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> {
          scan();
          return told.ended(inNamespace) >= count;
        });
    for (int i = 0; i < SCANS_TO_SETTLE; i++) {
      scan();
    }
    assertThat(told.ended(inNamespace)).isEqualTo(count);
  }

  private void assumeEveryConnection() {
    assumeTrue(abilities().contains(Ability.EVERY_CONNECTION), "needs programs in the kernel");
  }

  private SocketChannel connectTo(ServerSocketChannel listener) throws Exception {
    SocketChannel client = namespace.inside(() -> SocketChannel.open(TcpPair.family("127.0.0.1")));
    client.connect(listener.getLocalAddress());
    return client;
  }

  /// Closes with an RST.
  private static void cut(SocketChannel channel) throws Exception {
    channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    channel.close();
  }

  /// The only connections of the past in that direction.
  private PastConnections past(Direction direction) {
    List<PastConnections> found =
        told.past(here()).stream().filter(past -> past.direction() == direction).toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private void awaitAcknowledged(TcpPair pair, long bytes) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> {
          scan();
          assertThat(told.open(here(), pair.serverPort()).bytesReceived()).isEqualTo(bytes);
          assertThat(told.open(here(), pair.clientPort()).direction())
              .isEqualTo(Direction.OUTBOUND);
        });
  }

  private String here() {
    return namespace.inode();
  }

  private TcpPair pair(String address) throws Exception {
    return keep(namespace.inside(() -> TcpPair.open(address)));
  }

  private DatagramChannel udp() throws Exception {
    return namespace.inside(() -> DatagramChannel.open(TcpPair.family("127.0.0.1")));
  }

  private static int bind(DatagramChannel channel) throws Exception {
    channel.bind(TcpPair.at("127.0.0.1", 0));
    return channel.socket().getLocalPort();
  }

  private int freePort() throws Exception {
    try (ServerSocketChannel listener = namespace.inside(() -> TcpPair.listen("127.0.0.1", 0))) {
      return listener.socket().getLocalPort();
    }
  }

  private <T extends AutoCloseable> T keep(T resource) {
    opened.add(resource);
    return resource;
  }
}
