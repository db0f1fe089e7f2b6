package dev.otelscope.probe.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Transport;
import dev.otelscope.probe.connection.ConnectionSourceContract.Ability;
import dev.otelscope.probe.connection.Socket.Direction;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is open and who listens, as far as a tier promises.
interface OpenSocketsContract extends SourceFixture {

  @Test
  default void bothEndsOfAConnectionAreToldOpen() throws Exception {
    TcpPair pair = pair();

    scan();

    Socket client = told().open(here(), pair.clientPort());
    assertThat(client.transport()).isEqualTo(Transport.TCP);
    assertThat(client.localAddress()).isEqualTo(IpAddress.parse(address()));
    assertThat(client.remoteAddress()).isEqualTo(IpAddress.parse(address()));
    assertThat(client.remotePort()).isEqualTo(pair.serverPort());
    assertThat(client.state()).isEqualTo(TcpState.ESTABLISHED);
    assertThat(client.inode()).isPositive();
    assertThat(client.uid()).isZero();
    Socket server = told().open(here(), pair.serverPort());
    assertThat(server.remotePort()).isEqualTo(pair.clientPort());
    assertThat(server.inode()).isPositive().isNotEqualTo(client.inode());
    assertThat(server.cookie()).isNotZero().isNotEqualTo(client.cookie());
  }

  @Test
  default void ipv4OverAnIpv6SocketIsToldAsIpv4() throws Exception {
    assumeFalse(isV6(), "this network has no IPv4");
    ServerSocketChannel listener = keep(namespace().inside(() -> TcpPair.listen("::", 0)));
    int port = listener.socket().getLocalPort();
    SocketChannel client = keep(namespace().inside(() -> SocketChannel.open()));
    client.connect(TcpPair.at("127.0.0.1", port));
    keep(listener.accept());

    scan();

    assertThat(told().open(here(), port).localAddress()).isEqualTo(IpAddress.parse("127.0.0.1"));
    assertThat(told().open(here(), client.socket().getLocalPort()).remoteAddress())
        .isEqualTo(IpAddress.parse("127.0.0.1"));
  }

  @Test
  default void aLinkLocalAddressIsToldWithoutItsInterface() throws Exception {
    assumeTrue(isV6(), "IPv4 has no scoped addresses");
    namespace().configure("link", "add", "near", "index", "7", "type", "veth", "peer", "far");
    namespace().configure("link", "set", "near", "up");
    namespace().configure("address", "add", "fe80::a/64", "dev", "near", "nodad");
    TcpPair pair = keep(namespace().inside(() -> TcpPair.open("fe80::a%7")));

    scan();

    Socket client = told().open(here(), pair.clientPort());
    assertThat(client.localAddress()).isEqualTo(IpAddress.parse("fe80::a"));
    assertThat(client.remoteAddress()).isEqualTo(IpAddress.parse("fe80::a"));
    assertThat(told().listening(here(), pair.serverPort()).address())
        .isEqualTo(IpAddress.parse("fe80::a"));
  }

  @Test
  default void aSocketThatDoesNotChangeIsTheSameObject() throws Exception {
    TcpPair pair = pair();
    pair.send(10);
    scan();
    scan(); // figures such as the round-trip time have settled
    Socket first = told().open(here(), pair.clientPort());

    scan();

    assertThat(told().open(here(), pair.clientPort())).isSameAs(first);
  }

  @Test
  default void whatDoesNotChangeIsToldOnce() throws Exception {
    TcpPair quiet = pair();
    TcpPair busy = pair();
    settle();
    int told = told().openTold();

    settle();
    assertThat(told().openTold()).as("told although nothing has changed").isEqualTo(told);

    busy.send(100);
    scan();
    if (has(Ability.FIGURES)) {
      assertThat(told().openTold()).as("both ends that have changed").isEqualTo(told + 2);
      assertThat(told().open(here(), busy.clientPort()).bytesSent()).isEqualTo(100);
    }
    assertThat(told().open(here(), quiet.clientPort()).remotePort()).isEqualTo(quiet.serverPort());
  }

  /// More of them than the kernel hands over at once, all changing.
  @Test
  default void manyThatChangeAreAllToldAgain() throws Exception {
    assume(Ability.FIGURES);
    List<TcpPair> pairs = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      pairs.add(pair());
    }
    settle();

    List<Long> sizes = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      pairs.get(i).send(i + 1);
      sizes.add(i + 1L);
    }
    scan();

    List<Socket> open = told().open(here());
    assertThat(open).hasSize(2 * pairs.size());
    assertThat(open)
        .extracting(Socket::bytesSent)
        .filteredOn(bytes -> bytes > 0)
        .hasSameElementsAs(sizes);
    assertThat(open)
        .extracting(Socket::bytesReceived)
        .filteredOn(bytes -> bytes > 0)
        .hasSameElementsAs(sizes);
  }

  @Test
  default void aConnectionHalfClosedIsToldOnBothEndsUntilItEnds() throws Exception {
    TcpPair pair = pair();
    scan();

    pair.client().shutdownOutput();
    scan();

    assertThat(told().open(here(), pair.clientPort()).state())
        .isIn(TcpState.FIN_WAIT1, TcpState.FIN_WAIT2); // the former until the FIN is acknowledged
    assertThat(told().open(here(), pair.serverPort()).state()).isEqualTo(TcpState.CLOSE_WAIT);
    assertThat(told().closed(here())).isEmpty();
  }

  @Test
  default void aConnectionThatIsBeingMadeIsToldAsSuch() throws Exception {
    namespace().configure("link", "add", "near", "type", "veth", "peer", "name", "far");
    namespace().configure("link", "set", "near", "up");
    namespace().configure("link", "set", "far", "up");
    String own = isV6() ? "2001:db8::1/64" : "192.0.2.1/24";
    String nobodys = isV6() ? "2001:db8::2" : "192.0.2.2";
    namespace().configure(isV6() ? "-6" : "-4", "address", "add", own, "dev", "near", "nodad");
    SocketChannel client = keep(namespace().inside(() -> SocketChannel.open(family())));
    client.configureBlocking(false);
    client.connect(TcpPair.at(nobodys, 80));

    scan();

    assertThat(told().open(here())).hasSize(1);
    Socket socket = told().open(here()).getFirst();
    assertThat(socket.state()).isEqualTo(TcpState.SYN_SENT);
    assertThat(socket.direction()).isEqualTo(Direction.OUTBOUND);
    client.close();
    scanUntilClosed(here(), 1);
    assertThat(told().closed(here())).noneMatch(ClosedSocket::established);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void listenersAreTold(boolean everywhere) throws Exception {
    String address = everywhere ? unspecified() : address();
    ServerSocketChannel listener = keep(namespace().inside(() -> TcpPair.listen(address, 0)));

    scan();

    ListeningSocket socket = told().listening(here(), listener.socket().getLocalPort());
    assertThat(socket.transport()).isEqualTo(Transport.TCP);
    assertThat(socket.address()).isEqualTo(IpAddress.parse(address));
    assertThat(socket.inode()).isPositive();
    assertThat(socket.bothFamilies()).isEqualTo(everywhere && isV6());
  }

  @Test
  default void manyConnectionsToOnePortAreAllTold() throws Exception {
    ServerSocketChannel listener = keep(namespace().inside(() -> TcpPair.listen(address(), 0)));
    for (int i = 0; i < 300; i++) {
      SocketChannel client = keep(namespace().inside(() -> SocketChannel.open(family())));
      client.connect(listener.getLocalAddress());
      keep(listener.accept());
    }

    Awaitility.await() // a scan may leave out some that are young
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> {
          scan();
          assertThat(told().open(here())).hasSize(600).doesNotHaveDuplicates();
        });
    assertThat(told().open(here())).extracting(Socket::cookie).doesNotHaveDuplicates();
    assertThat(told().listening(here())).hasSize(1);
  }

  @Test
  default void figuresAreThoseOfTheConnection() throws Exception {
    assume(Ability.FIGURES);
    TcpPair pair = pair();
    pair.send(123_456);
    awaitAcknowledged(pair, 123_456);

    Socket client = told().open(here(), pair.clientPort());
    Socket server = told().open(here(), pair.serverPort());
    assertThat(client.bytesSent()).isEqualTo(123_456);
    assertThat(server.bytesReceived()).isEqualTo(123_456);
    assertThat(client.bytesReceived()).isZero();
    assertThat(server.bytesSent()).isZero();
    assertThat(client.retransmits()).isNotNegative();
    assertThat(client.rttMicros()).isBetween(1L, 10_000_000L);
  }

  @Test
  default void whoConnectedIsToldAlsoOfConnectionsThatAreOlder() throws Exception {
    assume(Ability.DIRECTION);
    TcpPair idle = pair();
    TcpPair busy = pair();
    busy.send(5000);
    awaitAcknowledged(busy, 5000);

    for (TcpPair pair : List.of(idle, busy)) {
      assertThat(told().open(here(), pair.clientPort()).direction()).isEqualTo(Direction.OUTBOUND);
      assertThat(told().open(here(), pair.serverPort()).direction()).isEqualTo(Direction.INBOUND);
    }
  }
}
