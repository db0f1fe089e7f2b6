package dev.otelscope.probe.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.otelscope.probe.connection.ConnectionSourceContract.Ability;
import dev.otelscope.probe.connection.PastConnections.OtherEnd;
import dev.otelscope.probe.connection.Socket.Direction;
import dev.otelscope.probe.process.ProcessIdentity;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What only a tier promises that follows every socket: whose it is, however short it lives.
interface EveryConnectionContract extends SourceFixture {

  @Test
  default void theProcessIsToldWithEverySocket() throws Exception {
    assume(Ability.EVERY_CONNECTION);
    TcpPair pair = pair();

    scan();

    for (int port : List.of(pair.clientPort(), pair.serverPort())) {
      Socket socket = told().open(here(), port);
      assertThat(socket.process().map(ProcessIdentity::pid)).contains(PID);
    }
    ListeningSocket listening = told().listening(here(), pair.serverPort());
    assertThat(listening.process().map(ProcessIdentity::pid)).contains(PID);
  }

  @Test
  default void bothEndsOfAShortConnectionNameEachOther() throws Exception {
    assume(Ability.EVERY_CONNECTION);
    TcpPair pair = pair();
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
  default void aConnectionThatIsCutBeforeAnyoneAcceptedItBelongsToNobodyAtThatEnd()
      throws Exception {
    assume(Ability.EVERY_CONNECTION);
    ServerSocketChannel listener = keep(namespace().inside(() -> TcpPair.listen(address(), 0)));
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
  default void whoCutsAConnectionIsKnownAndBothEndsAreReset(boolean met) throws Exception {
    assume(Ability.EVERY_CONNECTION);
    TcpPair pair = pair();
    if (met) {
      scan();
    }
    cut(pair.server());
    pair.client().close();

    scanUntilClosed(here(), 2);

    if (met) {
      assertThat(told().closed(here()))
          .extracting(ClosedSocket::ending, closed -> closed.process().orElseThrow().pid())
          .containsOnly(tuple(Ending.RESET, PID));
      assertThat(told().closed(here())).allMatch(closed -> closed.durationNanos() > 0);
    } else {
      assertThat(past(Direction.INBOUND).reset()).isEqualTo(1);
      assertThat(past(Direction.INBOUND).process().map(ProcessIdentity::pid)).contains(PID);
      assertThat(past(Direction.OUTBOUND).reset()).isEqualTo(1);
    }
  }

  @Test
  default void anEndThatIsOverDoesNotWaitForTheOtherOneWhenAScanMeetsThat() throws Exception {
    assume(Ability.EVERY_CONNECTION);
    TcpPair pair = pair();
    pair.client().close();
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> {
          scan();
          return !told().closed(here()).isEmpty();
        });

    assertThat(told().closed(here()).getFirst().direction()).isEqualTo(Direction.OUTBOUND);
    assertThat(told().open(here(), pair.serverPort()).state()).isEqualTo(TcpState.CLOSE_WAIT);
    pair.server().close();
    scanUntilClosed(here(), 2);
  }

  @Test
  default void aConnectionIsToldAtTheServerOnceItIsAccepted() throws Exception {
    assume(Ability.EVERY_CONNECTION);
    ServerSocketChannel listener = keep(namespace().inside(() -> TcpPair.listen(address(), 0)));
    keep(connectTo(listener));
    scan();
    assertThat(told().open(here())).hasSize(1);

    keep(listener.accept());
    scan();

    Socket accepted = told().open(here(), listener.socket().getLocalPort());
    assertThat(accepted.direction()).isEqualTo(Direction.INBOUND);
    assertThat(accepted.process().map(ProcessIdentity::pid)).contains(PID);
  }
}
