package dev.otelscope.probe.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.probe.Requires;
import dev.otelscope.probe.Requires.Need;
import dev.otelscope.probe.TestNamespace;
import dev.otelscope.probe.connection.ConnectionSource;
import dev.otelscope.probe.connection.OpenNamespaces;
import dev.otelscope.probe.connection.Recorder;
import dev.otelscope.probe.kernel.NetworkNamespaces;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Where there are many connections a scan tells less of them at once, and in the end all.
@Requires({Need.ROOT, Need.IPROUTE2, Need.EBPF})
class ManyConnectionsIT {
  private static final int CONNECTIONS_A_SCAN = 10;

  private final Recorder recorder = new Recorder();
  private final List<SocketChannel> clients = new ArrayList<>();
  private final List<SocketChannel> servers = new ArrayList<>();
  private TestNamespace namespace;
  private ServerSocketChannel listener;

  @BeforeEach
  void listen() throws Exception {
    namespace = TestNamespace.create();
    listener = namespace.inside(ServerSocketChannel::open);
    listener.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
  }

  @AfterEach
  void removeIt() throws Exception {
    close(clients);
    close(servers);
    listener.close();
    namespace.close();
  }

  @Test
  void ofManyYoungOnesSomeAreToldAndAllAreCounted() throws Exception {
    try (ConnectionSource source = source(EbpfSource.CONNECTIONS_A_SCAN)) {
      eventually(() -> {
        int before = open();
        connect(SocketProgram.YOUNG_TOLD);
        recorder.scan(source);
        assertThat(open() - before).isLessThanOrEqualTo(SocketProgram.YOUNG_TOLD);
      });
      eventually(() -> {
        recorder.scan(source);
        assertThat(open()).as("when they are older").isEqualTo(2 * clients.size());
      });

      connect(SocketProgram.YOUNG_TOLD);
      recorder.scan(source);
      int all = 2 * clients.size();
      close(clients);
      close(servers);

      eventually(() -> {
        recorder.scan(source);
        assertThat(recorder.ended(namespace.inode())).isEqualTo(all);
      });
      assertThat(open()).isZero();
    }
  }

  @Test
  void whileManyAreOpenScansTellOnlyWhatEndsAndWhoListens() throws Exception {
    int rests = 6;
    connect(rests * CONNECTIONS_A_SCAN / 2);
    try (ConnectionSource source = source(CONNECTIONS_A_SCAN)) {
      eventually(() -> {
        recorder.scan(source);
        assertThat(open()).isEqualTo(2 * clients.size());
      });
      for (int scan = 0; scan < EbpfSource.SCANS_TO_FIND_THE_LOST; scan++) {
        recorder.scan(source);
      }
      connect(1);
      eventually(() -> {
        recorder.scan(source);
        assertThat(open()).as("this scan has walked").isEqualTo(2 * clients.size());
      });

      connect(1);
      clients.removeFirst().close();
      servers.removeFirst().close();
      recorder.scan(source);
      assertThat(recorder.closed(namespace.inode())).as("at once").hasSize(2);
      for (int scan = 2; scan <= rests; scan++) {
        recorder.scan(source);
        assertThat(recorder.listening(namespace.inode())).hasSize(1);
        assertThat(open()).as("those of before").isEqualTo(2 * clients.size() - 2);
      }
      recorder.scan(source);
      assertThat(open()).isEqualTo(2 * clients.size());
    }
  }

  private ConnectionSource source(int connectionsAScan) throws IOException {
    return new EbpfSource(
        namespace.selection(),
        NetworkNamespaces.wanted(namespace.selection()),
        new OpenNamespaces(),
        Programs.start(),
        System::nanoTime,
        connectionsAScan);
  }

  private void connect(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      SocketChannel client = namespace.inside(SocketChannel::open);
      clients.add(client);
      client.connect(listener.getLocalAddress());
      servers.add(listener.accept());
    }
  }

  private int open() {
    return recorder.open(namespace.inode()).size();
  }

  private static void close(List<SocketChannel> channels) throws IOException {
    for (SocketChannel channel : channels) {
      channel.close();
    }
    channels.clear();
  }

  private static void eventually(ThrowingCallable assertion) {
    Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(assertion::call);
  }
}
