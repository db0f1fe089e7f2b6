package dev.otelscope.probe.procfs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Transport;
import dev.otelscope.probe.connection.ListeningSocket;
import dev.otelscope.probe.connection.Socket;
import dev.otelscope.probe.connection.Socket.Direction;
import dev.otelscope.probe.connection.TcpState;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/// Tables as Linux 6.18 on amd64 printed them.
class SocketTableTest {
  private static final String TCP =
      """
        sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode                                                     \s
         0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 268366 1 000000003e614c4d 100 0 0 10 0                    \s
         1: 0100007F:1F90 0200000A:8464 01 00000000:00000000 00:00000000 00000000   102        0 3000000000 1 000000003e614c4d 20 4 30 10 -1               \s
         2: 0100007F:8464 0100007F:1F90 06 00000000:00000000 03:00001770 00000000     0        0 0 3 00000000eb83593b                                      \s
      """;

  private static final String TCP6 =
      """
        sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
         0: 00000000000000000000000000000000:2382 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 268369 1 0000000025389538 100 0 0 10 0
         1: B80D0120000000000000000001000000:9602 B80D0120000000000000000002000000:0063 02 00000001:00000000 01:00000000 00000001     0        0 268375 2 0000000068d80492 0
         2: 0000000000000000FFFF00000100007F:1F90 0000000000000000FFFF00000100007F:9604 08 00000000:00000000 00:00000000 00000000     0        0 268376 1 0000000068d80492 0
      """;

  private final SocketTable table = new SocketTable();

  @Test
  void anOpenConnection() {
    List<Socket> sockets = sockets(TCP);

    assertThat(sockets)
        .containsExactly(
            new Socket(
                Transport.TCP,
                IpAddress.parse("127.0.0.1"),
                8080,
                IpAddress.parse("10.0.0.2"),
                33892,
                -1,
                3_000_000_000L,
                102,
                TcpState.ESTABLISHED,
                Direction.UNKNOWN,
                -1,
                -1,
                -1,
                -1));
  }

  @Test
  void aListener() {
    List<ListeningSocket> listeners = new ArrayList<>();
    table.parse(
        TCP.getBytes(US_ASCII),
        row -> {
          if (row.isListening()) {
            listeners.add(row.toListening(Transport.TCP, false));
          }
        });

    assertThat(listeners)
        .containsExactly(
            new ListeningSocket(Transport.TCP, IpAddress.parse("127.0.0.1"), 8080, 268_366, false));
  }

  @Test
  void addressesOfIpv6AndIpv4WithinIt() {
    List<Socket> sockets = sockets(TCP6);

    assertThat(sockets)
        .extracting(socket -> socket.localAddress().toString())
        .containsExactly("2001:db8::1", "127.0.0.1");
    assertThat(sockets.getFirst().direction()).isEqualTo(Direction.OUTBOUND);
    assertThat(sockets.getFirst().state()).isEqualTo(TcpState.SYN_SENT);
    assertThat(sockets.getLast().state()).isEqualTo(TcpState.CLOSE_WAIT);
  }

  @Test
  void aSocketIsRecognizedByItsRowAndByWhatWasTold() {
    List<Long> keys = new ArrayList<>();
    table.parse(TCP6.getBytes(US_ASCII), row -> keys.add(row.key(Transport.TCP)));

    assertThat(keys).doesNotHaveDuplicates();
    assertThat(SocketRow.key(sockets(TCP6).getFirst())).isEqualTo(keys.get(1));
  }

  @Test
  void aTableLongerThanTheBufferIsReadWhole() {
    StringBuilder rows = new StringBuilder(TCP.lines().findFirst().orElseThrow()).append('\n');
    String row = TCP.lines().skip(2).findFirst().orElseThrow();
    rows.repeat(row + "\n", 5000);

    assertThat(sockets(rows.toString())).hasSize(5000);
  }

  /// Any bytes are understood or counted as malformed, never an exception.
  @RepeatedTest(2000)
  void changedBytesAreUnderstoodOrCounted(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    byte[] bytes = (random.nextBoolean() ? TCP : TCP6).getBytes(US_ASCII);
    for (int i = random.nextInt(20); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] =
          random.nextBoolean()
              ? (byte) random.nextInt()
              : (byte) " :\n0F".charAt(random.nextInt(5));
    }
    int[] rows = new int[1];
    int malformed =
        table.parse(
            bytes,
            row -> {
              rows[0]++;
              assertThat(row.toSocket(Transport.TCP, 1)).isNotNull();
              assertThat(row.isConnection() && row.isListening()).isFalse();
            });

    assertThat(rows[0] + malformed).isLessThanOrEqualTo(bytes.length);
  }

  private List<Socket> sockets(String text) {
    List<Socket> sockets = new ArrayList<>();
    int malformed =
        table.parse(
            text.getBytes(US_ASCII),
            row -> {
              if (row.isConnection()) {
                sockets.add(row.toSocket(Transport.TCP, -1));
              }
            });
    assertThat(malformed).isZero();
    return sockets;
  }
}
