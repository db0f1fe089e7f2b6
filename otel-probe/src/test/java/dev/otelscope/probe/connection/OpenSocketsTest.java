package dev.otelscope.probe.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Transport;
import dev.otelscope.probe.connection.Socket.Direction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class OpenSocketsTest {
  private static final IpAddress HERE = IpAddress.parse("10.0.0.1");
  private static final IpAddress THERE = IpAddress.parse("10.0.0.2");

  private final OpenSockets sockets = new OpenSockets();
  private final List<ClosedSocket> closed = new ArrayList<>();
  private final ConnectionListener listener =
      new ConnectionListener() {
        @Override
        public void namespace(String namespace) {}

        @Override
        public void open(Socket socket) {}

        @Override
        public void listening(ListeningSocket socket) {}

        @Override
        public void closed(ClosedSocket socket) {
          closed.add(socket);
        }

        @Override
        public void past(PastConnections connections) {}

        @Override
        public void lost(String reason, long count) {}
      };

  @Test
  void oneMissIsForgiven() {
    scanOf(7);
    scanOf();
    assertThat(closed).isEmpty();

    scanOf(7);
    scanOf();
    assertThat(closed).isEmpty();
  }

  @Test
  void twoMissesAreTheEndWithTheFiguresOfTheLastScan() {
    scanOf(7);
    scanOf();
    scanOf();

    assertThat(closed).containsExactly(endedAsScanned());
    assertThat(sockets.known(7)).isNull();
    assertThat(sockets.size()).isZero();
  }

  @Test
  void anEventAfterTheEndWasToldIsNotToldAgain() {
    scanOf(7);
    scanOf();
    scanOf();
    sockets.destroyed(7, event(7, 100), listener);

    assertThat(closed).hasSize(1);
    assertThat(sockets.contains(7)).isFalse();
  }

  @Test
  void anEventOfASocketThatNoScanMetIsToldAsItIs() {
    ClosedSocket last = event(7, 5);
    sockets.destroyed(7, last, listener);

    assertThat(closed).containsExactly(last);
  }

  @Test
  void anAbortThatClearedEverythingIsToldWithWhatWasKnown() {
    scanOf(7);
    ClosedSocket cleared =
        new ClosedSocket(Transport.TCP, IpAddress.ANY_V4, 40000, THERE, 0, 7, true, 0, 0, 0);
    sockets.destroyed(7, cleared, listener);

    assertThat(closed).containsExactly(endedAsScanned());
  }

  @Test
  void aSocketMetTwiceInOneScanCountsOnce() {
    sockets.begin();
    assertThat(sockets.meet(7, socket(7))).isTrue();
    assertThat(sockets.meet(7, socket(7))).isFalse();
  }

  @Test
  void aSocketIsToldAgainWhenItHasChanged() {
    Socket first = socket(7);
    sockets.begin();
    assertThat(sockets.meet(7, first)).as("new").isTrue();
    sockets.begin();
    assertThat(sockets.meet(7, first)).as("as before").isFalse();
    sockets.begin();
    assertThat(sockets.meet(7, socket(8))).as("changed").isTrue();
  }

  @Test
  void anotherSourceTellsAllOnceMore() {
    Socket first = socket(7);
    sockets.begin();
    sockets.meet(7, first);
    sockets.rekey(Socket::cookie);

    sockets.begin();
    assertThat(sockets.meet(7, first)).isTrue();
    sockets.begin();
    assertThat(sockets.meet(7, first)).isFalse();
  }

  @Test
  void whatAScanNeedNotMeetIsNotMissed() {
    scanOf(7);
    for (int scan = 0; scan < 5; scan++) {
      sockets.begin();
      sockets.sweep(true, socket -> true, listener);
    }
    scanOf();
    assertThat(closed).as("missed once").isEmpty();
    scanOf();
    assertThat(closed).hasSize(1);
  }

  @Test
  void anotherKeyRecognizesTheSameSockets() {
    scanOf(7);
    sockets.rekey(Socket::localPort);

    sockets.begin();
    sockets.meet(40000, socket(7));
    sockets.sweep(false, socket -> false, listener);
    sockets.begin();
    sockets.sweep(false, socket -> false, listener);
    assertThat(closed).isEmpty();
    sockets.begin();
    sockets.sweep(false, socket -> false, listener);
    assertThat(closed).hasSize(1);
  }

  /// Whatever scans miss and however late events come: each end is told once, none is forgotten.
  @RepeatedTest(200)
  void everySocketEndsOnce(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    Set<Long> alive = new HashSet<>();
    List<Long> dead = new ArrayList<>();
    long next = 1;
    for (int step = 0; step < 100; step++) {
      for (int i = random.nextInt(4); i > 0; i--) {
        alive.add(next++);
      }
      for (long cookie : List.copyOf(alive)) {
        if (random.nextInt(4) == 0) {
          alive.remove(cookie);
          dead.add(cookie);
        }
      }
      scanOf(alive.stream().mapToLong(Long::longValue).toArray());
      for (long cookie : List.copyOf(dead)) {
        if (random.nextInt(3) == 0) {
          dead.remove(cookie);
          sockets.destroyed(cookie, event(cookie, 1), listener);
        }
      }
    }
    alive.forEach(cookie -> sockets.destroyed(cookie, event(cookie, 1), listener));
    dead.forEach(cookie -> sockets.destroyed(cookie, event(cookie, 1), listener));

    assertThat(closed).extracting(ClosedSocket::cookie).doesNotHaveDuplicates();
    assertThat(closed).hasSize((int) next - 1);
    assertThat(sockets.size()).isZero();
  }

  private void scanOf(long... cookies) {
    sockets.begin();
    for (long cookie : cookies) {
      sockets.meet(cookie, socket(cookie));
    }
    sockets.sweep(false, socket -> true, listener);
  }

  private static Socket socket(long cookie) {
    return new Socket(
        Transport.TCP,
        HERE,
        40000,
        THERE,
        80,
        cookie,
        5,
        0,
        TcpState.ESTABLISHED,
        Direction.OUTBOUND,
        100,
        200,
        0,
        50);
  }

  private static ClosedSocket endedAsScanned() {
    return new ClosedSocket(
        Transport.TCP,
        HERE,
        40000,
        THERE,
        80,
        7,
        true,
        100,
        200,
        0,
        Direction.OUTBOUND,
        Optional.empty(),
        Ending.UNKNOWN,
        -1);
  }

  private static ClosedSocket event(long cookie, long bytes) {
    return new ClosedSocket(Transport.TCP, HERE, 40000, THERE, 80, cookie, true, bytes, bytes, 0);
  }
}
