package dev.otelscope.probe.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.model.Transport;
import dev.otelscope.probe.connection.ConnectionSourceContract.Ability;
import dev.otelscope.probe.connection.Socket.Direction;
import dev.otelscope.probe.process.ProcessIdentity;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sockets and flows of UDP.
interface UdpContract extends SourceFixture {

  @Test
  default void aUdpPairIsOpenAndAUdpSocketWithoutAPeerListens() throws Exception {
    DatagramChannel server = keep(udp());
    DatagramChannel client = keep(udp());
    int serverPort = bind(server);
    client.connect(TcpPair.at(address(), serverPort));
    int clientPort = client.socket().getLocalPort();

    scan();

    assertThat(told().listening(here(), serverPort).transport()).isEqualTo(Transport.UDP);
    Socket socket = told().open(here(), clientPort);
    assertThat(socket.transport()).isEqualTo(Transport.UDP);
    assertThat(socket.remotePort()).isEqualTo(serverPort);
    client.close();
    scanUntilClosed(here(), 1);
    assertThat(told().closed(here()))
        .extracting(ClosedSocket::cookie)
        .containsExactly(socket.cookie());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  default void aUdpFlowIsToldAtBothEndsWithItsPayload(boolean clientHasAPeer) throws Exception {
    assume(Ability.EVERY_CONNECTION);
    scan();
    DatagramChannel server = keep(udp());
    DatagramChannel client = keep(udp());
    InetSocketAddress there = TcpPair.at(address(), bind(server));
    int clientPort = bind(client);
    if (clientHasAPeer) {
      client.connect(there);
    }
    client.send(ByteBuffer.allocate(100), there);
    server.send(ByteBuffer.allocate(30), TcpPair.at(address(), clientPort));

    scan();

    Socket asking = told().open(here(), clientPort);
    assertThat(asking.direction()).isEqualTo(Direction.OUTBOUND);
    assertThat(asking.remotePort()).isEqualTo(there.getPort());
    assertThat(asking.bytesSent()).isEqualTo(100);
    assertThat(asking.bytesReceived()).isEqualTo(30);
    Socket answering = told().open(here(), there.getPort());
    assertThat(answering.direction()).isEqualTo(Direction.INBOUND);
    assertThat(answering.bytesSent()).isEqualTo(30);
    assertThat(answering.process().map(ProcessIdentity::pid)).contains(PID);

    client.send(ByteBuffer.allocate(11), there);
    scan();
    assertThat(told().open(here(), clientPort).cookie()).isEqualTo(asking.cookie());
    assertThat(told().open(here(), clientPort).bytesSent()).isEqualTo(111);
    client.close();
    scanUntilClosed(here(), 1);
  }

  @Test
  default void aUdpSocketThatNoScanMetIsToldWithItsProcess() throws Exception {
    assume(Ability.EVERY_CONNECTION);
    scan();
    DatagramChannel server = keep(udp());
    InetSocketAddress there = TcpPair.at(address(), bind(server));
    int clientPort =
        namespace()
            .inside(() -> {
              try (DatagramChannel client = DatagramChannel.open(family())) {
                client.bind(TcpPair.at(address(), 0));
                client.send(ByteBuffer.allocate(100), there);
                return client.socket().getLocalPort();
              }
            });
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> {
          scan();
          return told().open(here()).stream().anyMatch(open -> open.localPort() == clientPort);
        });

    Socket asking = told().open(here(), clientPort);
    assertThat(asking.process().map(ProcessIdentity::pid)).contains(PID);
    assertThat(asking.bytesSent()).isEqualTo(100);
    scanUntilClosed(here(), 1);
  }
}
