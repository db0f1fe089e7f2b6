package dev.otelscope.probe.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.otelscope.probe.TestNamespace;
import dev.otelscope.probe.connection.ConnectionSourceContract.Ability;
import dev.otelscope.probe.connection.Socket.Direction;
import dev.otelscope.probe.kernel.NamespaceSelection;
import java.net.ProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/// A source that watches a network namespace of the test's own, and what tests do there. The parts
/// of the [ConnectionSourceContract] are written against it.
interface SourceFixture {
  int SCANS_TO_SETTLE = 4;
  int PID = (int) ProcessHandle.current().pid();

  boolean has(Ability ability);

  TestNamespace namespace();

  /// What the source has told.
  Recorder told();

  void scan() throws Exception;

  /// Closes the source, and opens another one like it.
  void reopen() throws Exception;

  /// Closes the source, and opens one that watches other namespaces, too.
  void reopen(NamespaceSelection selection) throws Exception;

  /// Closes the resource after the test.
  <T extends AutoCloseable> T keep(T resource);

  /// Skips the test for tiers that do not promise it.
  default void assume(Ability ability) {
    assumeTrue(has(ability), () -> "this tier does not promise " + ability);
  }

  /// The namespace's name in what is told.
  default String here() {
    return namespace().inode();
  }

  /// The only address that the namespace has: loopback, of the family that is tested.
  String address();

  default boolean isV6() {
    return address().indexOf(':') >= 0;
  }

  default ProtocolFamily family() {
    return TcpPair.family(address());
  }

  /// Stands for all addresses.
  default String unspecified() {
    return isV6() ? "::" : "0.0.0.0";
  }

  default TcpPair pair() throws Exception {
    return keep(namespace().inside(() -> TcpPair.open(address())));
  }

  default DatagramChannel udp() throws Exception {
    return namespace().inside(() -> DatagramChannel.open(family()));
  }

  default int bind(DatagramChannel channel) throws Exception {
    channel.bind(TcpPair.at(address(), 0));
    return channel.socket().getLocalPort();
  }

  default int freePort() throws Exception {
    try (ServerSocketChannel listener = namespace().inside(() -> TcpPair.listen(address(), 0))) {
      return listener.socket().getLocalPort();
    }
  }

  default SocketChannel connectTo(ServerSocketChannel listener) throws Exception {
    SocketChannel client = namespace().inside(() -> SocketChannel.open(family()));
    client.connect(listener.getLocalAddress());
    return client;
  }

  /// Closes with an RST.
  default void cut(SocketChannel channel) throws Exception {
    channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    channel.close();
  }

  /// Scans until a source that has just begun takes nothing for uncertain any more.
  default void settle() throws Exception {
    for (int i = 0; i < 2 * SCANS_TO_SETTLE; i++) {
      scan();
    }
  }

  /// Scans until so many ends were told, and as often again as it may take to tell one too many.
  default void scanUntilClosed(String inNamespace, int count) throws Exception {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> {
          scan();
          return told().ended(inNamespace) >= count;
        });
    for (int i = 0; i < SCANS_TO_SETTLE; i++) {
      scan();
    }
    assertThat(told().ended(inNamespace)).isEqualTo(count);
  }

  default void awaitAcknowledged(TcpPair pair, long bytes) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> {
          scan();
          assertThat(told().open(here(), pair.serverPort()).bytesReceived()).isEqualTo(bytes);
          assertThat(told().open(here(), pair.clientPort()).direction())
              .isEqualTo(Direction.OUTBOUND);
        });
  }

  /// The only connections of the past in that direction.
  default PastConnections past(Direction direction) {
    List<PastConnections> found =
        told().past(here()).stream().filter(past -> past.direction() == direction).toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }
}
