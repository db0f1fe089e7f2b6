package dev.otelscope.probe.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.otelscope.model.IpAddress;
import dev.otelscope.probe.connection.ConnectionSourceContract.Ability;
import dev.otelscope.probe.connection.Socket.Direction;
import dev.otelscope.probe.process.ProcessIdentity;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How connections end, and those that no scan met.
interface EndedSocketsContract extends SourceFixture {

  @Test
  default void theEndOfASocketIsToldOnce() throws Exception {
    TcpPair pair = pair();
    scan();
    Socket client = told().open(here(), pair.clientPort());
    Socket server = told().open(here(), pair.serverPort());
    assertThat(told().closed(here())).isEmpty();

    pair.closeConnection();
    scanUntilClosed(here(), 2);

    assertThat(told().closed(here()))
        .extracting(ClosedSocket::cookie, ClosedSocket::remotePort, ClosedSocket::established)
        .containsExactlyInAnyOrder(
            tuple(client.cookie(), client.remotePort(), true),
            tuple(server.cookie(), server.remotePort(), true));
    assertThat(told().open(here())).isEmpty();
  }

  @Test
  default void aResetConnectionEndsOnceAlsoWhenItsFileIsClosedMuchLater() throws Exception {
    TcpPair pair = pair();
    scan();
    pair.server().setOption(StandardSocketOptions.SO_LINGER, 0);
    pair.server().close();
    scanUntilClosed(here(), 2);

    pair.client().close();
    scanUntilClosed(here(), 2);

    assertThat(told().closed(here())).allMatch(ClosedSocket::established);
  }

  @Test
  default void whatWasOpenBeforeTheSourceIsToldAndEndsLikeTheOthers() throws Exception {
    TcpPair pair = pair();
    pair.send(1000);
    reopen();
    scan();
    assertThat(told().open(here())).hasSize(2);

    pair.closeConnection();
    scanUntilClosed(here(), 2);

    assertThat(told().closed(here())).hasSize(2).allMatch(ClosedSocket::established);
  }

  @Test
  default void aConnectionBetweenTwoScansIsToldClosed() throws Exception {
    assume(Ability.ENDS);
    scan();
    TcpPair pair = pair();
    int clientPort = pair.clientPort();
    pair.send(1000);
    pair.closeConnection();

    scanUntilClosed(here(), 2);

    if (has(Ability.EVERY_CONNECTION)) {
      assertThat(past(Direction.OUTBOUND).bytesSent()).isEqualTo(1000);
      assertThat(past(Direction.INBOUND).bytesReceived()).isEqualTo(1000);
      assertThat(past(Direction.OUTBOUND).serverPort()).isEqualTo(pair.serverPort());
      return;
    }
    assertThat(told().closed(here())).allMatch(ClosedSocket::established);
    ClosedSocket client =
        told().closed(here()).stream()
            .filter(closed -> closed.localPort() == clientPort)
            .findAny()
            .orElseThrow();
    assertThat(client.remotePort()).isEqualTo(pair.serverPort());
    assertThat(client.bytesSent()).isEqualTo(1000);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void aRefusedConnectionIsToldAsNeverEstablished(boolean blocking) throws Exception {
    assume(Ability.ENDS);
    scan();
    int nobody = freePort();
    SocketChannel client = namespace().inside(() -> SocketChannel.open(family()));
    client.configureBlocking(blocking);
    InetSocketAddress target = TcpPair.at(address(), nobody);
    assertThatThrownBy(
            () -> {
              client.connect(target);
              Awaitility.await().until(client::finishConnect);
            })
        .hasStackTraceContaining(ConnectException.class.getName());
    client.close();

    scanUntilClosed(here(), 1);

    if (has(Ability.EVERY_CONNECTION)) {
      PastConnections refused = past(Direction.OUTBOUND);
      assertThat(refused.refused()).isEqualTo(1);
      assertThat(refused.opened()).isZero();
      assertThat(refused.serverPort()).isEqualTo(nobody);
      assertThat(refused.remoteAddress()).isEqualTo(IpAddress.parse(address()));
      assertThat(refused.process().map(ProcessIdentity::pid)).contains(PID);
      return;
    }
    assertThat(told().closed(here())).noneMatch(ClosedSocket::established);
    assertThat(told().closed(here()).getFirst().remoteAddress())
        .isEqualTo(IpAddress.parse(address()));
  }
}
