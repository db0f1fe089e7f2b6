package dev.otelscope.probe.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.model.IpAddress;
import dev.otelscope.probe.connection.ClosedSocket;
import dev.otelscope.probe.connection.ConnectionListener;
import dev.otelscope.probe.connection.ListeningSocket;
import dev.otelscope.probe.connection.OpenNamespaces;
import dev.otelscope.probe.connection.PastConnections;
import dev.otelscope.probe.connection.Socket;
import dev.otelscope.probe.connection.Socket.Direction;
import dev.otelscope.probe.process.ProcessIdentity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

/// Whose flows are, and how long, with packets and sockets that the test makes up.
class UdpFlowsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long SOCKET = 77;

  private final OpenNamespaces namespaces = new OpenNamespaces();
  private final UdpFlows flows = new UdpFlows(new Decoder(), namespaces);
  private final ByteBuffer key = buffer(FlowLayout.KEY_SIZE);
  private final ByteBuffer value = buffer(FlowLayout.SIZE);
  private final ByteBuffer record = buffer(SocketLayout.SIZE);
  private final List<Socket> open = new ArrayList<>();
  private final List<ClosedSocket> closed = new ArrayList<>();
  private final Map<String, Long> lost = new TreeMap<>();
  private LongPredicate wanted = inode -> true;
  private long now = SECOND;

  @Test
  void aFlowOfASocketThatIsMetBelongsToWhoHasIt() throws IOException {
    scan(100, EndLayout.ROLE_SERVER, true);

    assertThat(open).hasSize(1);
    Socket first = open.getFirst();
    assertThat(first.process()).contains(new ProcessIdentity(500, 1));
    assertThat(first.direction()).isEqualTo(Direction.INBOUND);
    assertThat(first.remoteAddress()).isEqualTo(IpAddress.parse("10.0.0.2"));
    assertThat(first.remotePort()).isEqualTo(53);

    scan(0, EndLayout.ROLE_UNKNOWN, true);
    assertThat(open).as("nothing changed").isEmpty();
    scan(5, EndLayout.ROLE_CLIENT, true);
    assertThat(open.getFirst().bytesSent()).isEqualTo(105);
    assertThat(open.getFirst().direction()).isEqualTo(Direction.INBOUND);
    assertThat(open.getFirst().cookie()).isEqualTo(first.cookie());
  }

  @Test
  void itEndsWithItsSocket() throws IOException {
    scan(100, EndLayout.ROLE_CLIENT, true);
    for (int i = 0; i < 3; i++) {
      scan(0, EndLayout.ROLE_UNKNOWN, false);
    }

    assertThat(closed).hasSize(1);
    assertThat(closed.getFirst().bytesSent()).isEqualTo(100);
  }

  @Test
  void itEndsAfterAMinuteOfSilence() throws IOException {
    scan(100, EndLayout.ROLE_CLIENT, true);
    for (int second = 0; second < 59; second++) {
      scan(0, EndLayout.ROLE_UNKNOWN, true);
    }
    assertThat(closed).isEmpty();

    for (int second = 0; second < 3; second++) {
      scan(0, EndLayout.ROLE_UNKNOWN, true);
    }
    assertThat(open).isEmpty();
    assertThat(closed).hasSize(1);
  }

  @Test
  void aSocketThatIsGoneBeforeAnyScanBelongsToWhoSent() throws IOException {
    scan(100, EndLayout.ROLE_CLIENT, false);
    assertThat(open).as("it may be the kernel's").isEmpty();
    scan(0, EndLayout.ROLE_UNKNOWN, false);

    assertThat(open).hasSize(1);
    assertThat(open.getFirst().process()).contains(new ProcessIdentity(600, 2));
    for (int i = 0; i < 3; i++) {
      scan(0, EndLayout.ROLE_UNKNOWN, false);
    }
    assertThat(closed).hasSize(1);
    assertThat(lost).isEmpty();
  }

  @Test
  void aTunnelOfTheKernelIsNobodysAndIsCountedOnce() throws IOException {
    for (int i = 0; i < 10; i++) {
      scan(100, EndLayout.ROLE_CLIENT, false);
      assertThat(open).isEmpty();
    }

    assertThat(closed).isEmpty();
    assertThat(lost).containsExactly(Map.entry("udp_without_process", 1L));
  }

  @Test
  void aTunnelInANamespaceThatIsNotLookedIntoIsNoLoss() throws IOException {
    wanted = inode -> false;
    for (int i = 0; i < 10; i++) {
      scan(100, EndLayout.ROLE_CLIENT, false);
    }

    assertThat(lost).isEmpty();
  }

  @Test
  void aSocketWithAPeerIsToldOnceWithTheFiguresOfItsFlow() throws IOException {
    flows.read(packets(100, EndLayout.ROLE_CLIENT), now, listener);
    record.putLong(SocketLayout.COOKIE, SOCKET);
    flows.met(record, 0);
    SocketReader reader = new SocketReader(new Decoder());
    putTuple(record, SocketLayout.LOCAL_PORT, SocketLayout.LOCAL, SocketLayout.REMOTE);
    record.put(SocketLayout.PROTOCOL, (byte) 17);

    Socket socket = flows.withFigures(reader.toSocket(record, 0, null));
    flows.tell(record, now, inode -> true, listener);

    assertThat(socket.bytesSent()).isEqualTo(100);
    assertThat(socket.direction()).isEqualTo(Direction.OUTBOUND);
    assertThat(flows.withFigures(socket)).isSameAs(socket);
    assertThat(open).isEmpty();
  }

  /// @param bytes sent since the last scan, 0 for no packet
  /// @param met whether the scan meets the socket
  private void scan(int bytes, int role, boolean met) throws IOException {
    now += SECOND;
    open.clear();
    namespaces.begin();
    flows.read(packets(bytes, role), now, listener);
    if (met) {
      record.putLong(SocketLayout.COOKIE, SOCKET);
      record.putInt(SocketLayout.NAMESPACE, 4);
      record.putLong(SocketLayout.PROCESS, 500);
      record.putLong(SocketLayout.PROCESS_START, 10_000_000);
      flows.met(record, 0);
    }
    flows.tell(record, now, wanted, listener);
    namespaces.end(false, socket -> false, listener);
  }

  private UdpFlows.Packets packets(int bytes, int role) {
    key.putLong(FlowLayout.KEY_COOKIE, SOCKET);
    putTuple(key, FlowLayout.KEY_LOCAL_PORT, FlowLayout.KEY_LOCAL, FlowLayout.KEY_REMOTE);
    value.putLong(FlowLayout.SENT, bytes);
    value.putLong(FlowLayout.FIRST, role);
    value.putLong(FlowLayout.PROCESS, 600);
    value.putLong(FlowLayout.PROCESS_START, 20_000_000);
    value.putLong(FlowLayout.NAMESPACE, 4);
    return visitor -> {
      if (bytes > 0) {
        visitor.visit(key, 0, value, 0);
      }
    };
  }

  /// `10.0.0.1:40000` and `10.0.0.2:53`, in network order.
  private static void putTuple(ByteBuffer bytes, int ports, int local, int remote) {
    bytes.putShort(ports, Short.reverseBytes((short) 40_000));
    bytes.putShort(ports + 2, Short.reverseBytes((short) 53));
    for (int at : new int[] {local, remote}) {
      bytes.putInt(at + 8, 0xFFFF_0000);
      bytes.put(at + 12, (byte) 10).put(at + 15, (byte) (at == local ? 1 : 2));
    }
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private final ConnectionListener listener =
      new ConnectionListener() {
        @Override
        public void namespace(String namespace) {
          assertThat(namespace).isEqualTo("4");
        }

        @Override
        public void open(Socket socket) {
          open.add(socket);
        }

        @Override
        public void listening(ListeningSocket socket) {}

        @Override
        public void closed(ClosedSocket socket) {
          closed.add(socket);
        }

        @Override
        public void past(PastConnections connections) {}

        @Override
        public void lost(String reason, long count) {
          lost.merge(reason, count, Long::sum);
        }
      };
}
