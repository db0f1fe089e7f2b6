package dev.otelscope.probe.sockdiag;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Transport;
import dev.otelscope.probe.connection.ClosedSocket;
import dev.otelscope.probe.connection.ListeningSocket;
import dev.otelscope.probe.connection.Socket;
import dev.otelscope.probe.connection.Socket.Direction;
import dev.otelscope.probe.connection.TcpState;
import dev.otelscope.probe.kernel.MalformedNetlinkException;
import dev.otelscope.probe.kernel.NetlinkMessages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/// Messages as Linux 6.18 on amd64 sent them, a little-endian machine like every one the probe runs
/// on.
class InetDiagMessageTest {
  private static final IpAddress LOOPBACK = IpAddress.parse("127.0.0.1");

  private final InetDiagMessage message = new InetDiagMessage();

  @Test
  void theEndThatConnected() throws IOException {
    Socket socket = read("established-client").toSocket(Transport.TCP, null);

    assertThat(socket.localAddress()).isEqualTo(LOOPBACK);
    assertThat(socket.localPort()).isEqualTo(56370);
    assertThat(socket.remoteAddress()).isEqualTo(LOOPBACK);
    assertThat(socket.remotePort()).isEqualTo(8080);
    assertThat(socket.state()).isEqualTo(TcpState.ESTABLISHED);
    assertThat(socket.direction()).isEqualTo(Direction.OUTBOUND);
    assertThat(socket.cookie()).isEqualTo(0x15b);
    assertThat(socket.inode()).isEqualTo(0x43c4e);
    assertThat(socket.uid()).isZero();
    assertThat(socket.bytesSent()).isEqualTo(10);
    assertThat(socket.bytesReceived()).isEqualTo(5);
    assertThat(socket.retransmits()).isZero();
    assertThat(socket.rttMicros()).isBetween(1L, 1000L);
  }

  @Test
  void theEndThatAccepted() throws IOException {
    Socket socket = read("established-server").toSocket(Transport.TCP, null);

    assertThat(socket.localPort()).isEqualTo(8080);
    assertThat(socket.direction()).isEqualTo(Direction.INBOUND);
    assertThat(socket.bytesSent()).isEqualTo(5);
    assertThat(socket.bytesReceived()).isEqualTo(10);
  }

  @Test
  void whatDidNotChangeIsTheSameObject() throws IOException {
    Socket socket = read("established-client").toSocket(Transport.TCP, null);

    assertThat(read("established-client").toSocket(Transport.TCP, socket)).isSameAs(socket);
  }

  @Test
  void aListenerForBothFamilies() throws IOException {
    InetDiagMessage listener = read("listening-v6");

    assertThat(listener.isListening()).isTrue();
    assertThat(listener.toListening(Transport.TCP))
        .isEqualTo(new ListeningSocket(Transport.TCP, IpAddress.ANY_V6, 9090, 0x43c50, true));
  }

  @Test
  void aDestroyedSocketWithItsLastFigures() throws IOException {
    InetDiagMessage destroyed = read("destroyed");

    assertThat(destroyed.transport()).isEqualTo(Transport.TCP);
    assertThat(destroyed.hasPeer()).isTrue();
    assertThat(destroyed.toClosed(Transport.TCP))
        .isEqualTo(
            new ClosedSocket(
                Transport.TCP, LOOPBACK, 56370, LOOPBACK, 8080, 0x15b, true, 10, 5, 0));
  }

  @Test
  void aRefusedConnectionWasNeverEstablishedAndHasForgottenItsPorts() throws IOException {
    InetDiagMessage destroyed = read("destroyed-refused");

    assertThat(destroyed.hasPeer()).isTrue();
    assertThat(destroyed.hasPeerPort()).isFalse();
    ClosedSocket closed = destroyed.toClosed(Transport.TCP);
    assertThat(closed.established()).isFalse();
    assertThat(closed.remoteAddress()).isEqualTo(LOOPBACK);
    assertThat(closed.remotePort()).isZero();
  }

  @Test
  void aMessageCutShortIsMalformedAtAnOffset() throws IOException {
    byte[] bytes = golden("destroyed");
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    NetlinkMessages messages = new NetlinkMessages(buffer).over(0, 60);

    assertThatThrownBy(messages::next)
        .isInstanceOf(MalformedNetlinkException.class)
        .hasMessageContaining("offset 0");
    assertThatThrownBy(() -> message.read(buffer, 16, 60))
        .isInstanceOf(MalformedNetlinkException.class)
        .hasMessageContaining("inet_diag_msg");
  }

  /// Any bytes end in a value or in a malformed-input error, never in another exception or a loop.
  @RepeatedTest(2000)
  void changedBytesAreUnderstoodOrRefused(RepetitionInfo repetition) throws IOException {
    Random random = new Random(repetition.getCurrentRepetition());
    String[] names = {"established-client", "listening-v6", "destroyed", "destroyed-refused"};
    byte[] bytes = golden(names[random.nextInt(names.length)]);
    for (int i = random.nextInt(12); i >= 0; i--) {
      // mostly where lengths and types are, which are few among many bytes
      int at = random.nextBoolean() ? random.nextInt(bytes.length) : random.nextInt(120);
      bytes[at] = (byte) random.nextInt();
    }
    int length = random.nextBoolean() ? bytes.length : random.nextInt(bytes.length);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    NetlinkMessages messages = new NetlinkMessages(buffer).over(0, length);
    try {
      while (messages.next()) {
        message.read(buffer, messages.payload(), messages.end());
        assertThat(message.toSocket(Transport.TCP, null)).isNotNull();
        assertThat(message.toClosed(Transport.TCP)).isNotNull();
      }
    } catch (MalformedNetlinkException e) {
      assertThat(e).hasMessageContaining("offset");
    }
  }

  private InetDiagMessage read(String name) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(golden(name)).order(ByteOrder.LITTLE_ENDIAN);
    NetlinkMessages messages = new NetlinkMessages(buffer).over(0, buffer.capacity());
    assertThat(messages.next()).isTrue();
    message.read(buffer, messages.payload(), messages.end());
    return message;
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream file =
        requireNonNull(InetDiagMessageTest.class.getResourceAsStream(name + ".hex"), name)) {
      String hex = new String(file.readAllBytes(), US_ASCII).replaceAll("\\s", "");
      return HexFormat.of().parseHex(hex);
    }
  }
}
