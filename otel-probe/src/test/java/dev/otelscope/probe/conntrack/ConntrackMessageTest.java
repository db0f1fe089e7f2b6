package dev.otelscope.probe.conntrack;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Transport;
import dev.otelscope.probe.connection.SocketTuple;
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

/// Events as Linux 6.18 on amd64 sent them, a little-endian machine like every one the probe runs
/// on.
class ConntrackMessageTest {
  private final ConntrackMessage message = new ConntrackMessage();

  @Test
  void aRedirectedConnection() throws IOException {
    assertThat(read("redirected-v4")).isEqualTo(ConntrackMessage.TYPE_NEW);

    assertThat(message.isTranslated()).isTrue();
    assertThat(message.original()).isEqualTo(tcp("10.0.0.1", 45188, "10.96.0.3", 80));
    assertThat(message.reply()).isEqualTo(tcp("127.0.0.1", 8080, "10.0.0.1", 45188));
  }

  @Test
  void aRedirectedConnectionOfTheOtherFamily() throws IOException {
    assertThat(read("redirected-v6")).isEqualTo(ConntrackMessage.TYPE_NEW);

    assertThat(message.isTranslated()).isTrue();
    assertThat(message.original()).isEqualTo(tcp("fd00::1", 56102, "fd00:96::3", 80));
    assertThat(message.reply()).isEqualTo(tcp("::1", 8080, "fd00::1", 56102));
  }

  @Test
  void aConnectionThatTheKernelHasForgotten() throws IOException {
    assertThat(read("forgotten-v4")).isEqualTo(ConntrackMessage.TYPE_DELETE);

    assertThat(message.original()).isEqualTo(tcp("10.0.0.1", 45188, "10.96.0.3", 80));
    assertThat(message.reply()).isEqualTo(tcp("127.0.0.1", 8080, "10.0.0.1", 45188));
  }

  @Test
  void aConnectionWhoseAnswersComeFromWhereItWentIsNotTranslated() throws IOException {
    byte[] bytes = golden("redirected-v4");
    String hex = HexFormat.of().formatHex(bytes);
    String straight = hex.replace("7f000001", "0a600003").replace("060002001f90", "060002000050");
    read(HexFormat.of().parseHex(straight));

    assertThat(message.isTranslated()).isFalse();
  }

  @Test
  void whatHasNoPortsIsNotTranslated() throws IOException {
    byte[] bytes = golden("redirected-v4");
    String hex = HexFormat.of().formatHex(bytes);
    read(HexFormat.of().parseHex(hex.replace("0500010006", "0500010001"))); // ICMP

    assertThat(message.isTranslated()).isFalse();
  }

  /// Any bytes end in a value or in a malformed-input error, never in another exception or a loop.
  @RepeatedTest(2000)
  void changedBytesAreUnderstoodOrRefused(RepetitionInfo repetition) throws IOException {
    Random random = new Random(repetition.getCurrentRepetition());
    String[] names = {"redirected-v4", "redirected-v6", "forgotten-v4"};
    byte[] bytes = golden(names[random.nextInt(names.length)]);
    for (int i = random.nextInt(12); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    int length = random.nextBoolean() ? bytes.length : random.nextInt(bytes.length);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    NetlinkMessages messages = new NetlinkMessages(buffer).over(0, length);
    try {
      while (messages.next()) {
        message.read(buffer, messages.payload(), messages.end());
        assertThat(message.original()).isNotNull();
        assertThat(message.reply()).isNotNull();
      }
    } catch (MalformedNetlinkException e) {
      assertThat(e).hasMessageContaining("offset");
    }
  }

  private static SocketTuple tcp(String local, int localPort, String remote, int remotePort) {
    return new SocketTuple(
        Transport.TCP, IpAddress.parse(local), localPort, IpAddress.parse(remote), remotePort);
  }

  private int read(String name) throws IOException {
    return read(golden(name));
  }

  /// @return the type of the message
  private int read(byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    NetlinkMessages messages = new NetlinkMessages(buffer).over(0, buffer.capacity());
    assertThat(messages.next()).isTrue();
    message.read(buffer, messages.payload(), messages.end());
    return messages.type();
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream file =
        requireNonNull(ConntrackMessageTest.class.getResourceAsStream(name + ".hex"), name)) {
      String hex = new String(file.readAllBytes(), US_ASCII).replaceAll("\\s", "");
      return HexFormat.of().parseHex(hex);
    }
  }
}
