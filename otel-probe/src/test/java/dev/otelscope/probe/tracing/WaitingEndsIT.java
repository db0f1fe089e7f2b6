package dev.otelscope.probe.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.probe.Requires;
import dev.otelscope.probe.Requires.Need;
import dev.otelscope.probe.TestNamespace;
import dev.otelscope.probe.connection.ConnectionSource;
import dev.otelscope.probe.connection.OpenNamespaces;
import dev.otelscope.probe.kernel.NetworkNamespaces;
import dev.otelscope.probe.tracking.ConnectionTracker;
import dev.otelscope.probe.tracking.Role;
import dev.otelscope.probe.tracking.Series;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A server that hangs accepts nobody: its clients connect, give up, and are still counted. Time
/// goes on when the test says so.
@Requires({Need.ROOT, Need.IPROUTE2, Need.EBPF})
class WaitingEndsIT {

  private final ConnectionTracker tracker = KernelOnlyTracker.create();
  private TestNamespace namespace;
  private ConnectionSource source;
  private ServerSocketChannel listener;
  private long now;

  @BeforeEach
  void listen() throws Exception {
    namespace = TestNamespace.create();
    source =
        new EbpfSource(
            namespace.selection(),
            NetworkNamespaces.wanted(namespace.selection()),
            new OpenNamespaces(),
            Programs.start(),
            () -> now,
            EbpfSource.CONNECTIONS_A_SCAN);
    listener = namespace.inside(ServerSocketChannel::open);
    listener.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
    scan();
  }

  @AfterEach
  void removeIt() throws Exception {
    listener.close();
    source.close();
    namespace.close();
  }

  @Test
  void aClientThatNobodyAcceptsIsCountedWhenItHasWaitedLongEnough() throws Exception {
    connectAndClose();
    for (int i = 0; i < 10; i++) {
      scan();
    }
    assertThat(opened(Role.CLIENT)).as("before the time").isZero();

    eventually(() -> assertThat(opened(Role.CLIENT)).isEqualTo(1));
  }

  @Test
  void whoIsAcceptedAfterAllIsCountedOnceAtEachEnd() throws Exception {
    connectAndClose();
    eventually(() -> assertThat(opened(Role.CLIENT)).isEqualTo(1));

    listener.accept().close();

    eventually(() -> assertThat(opened(Role.SERVER)).isEqualTo(1));
    assertThat(opened(Role.CLIENT)).isEqualTo(1);
  }

  @Test
  void whoIsAcceptedInTimeIsCountedWithItsOtherEnd() throws Exception {
    connectAndClose();
    scan();

    listener.accept().close();

    eventually(() -> {
      assertThat(opened(Role.CLIENT)).isEqualTo(1);
      assertThat(opened(Role.SERVER)).isEqualTo(1);
    });
    assertThat(tracker.series()).allSatisfy(series -> assertThat(series.key().peer()).isPresent());
  }

  private void connectAndClose() throws IOException {
    try (SocketChannel client = namespace.inside(SocketChannel::open)) {
      client.connect(listener.getLocalAddress());
    }
  }

  private long opened(Role role) {
    return tracker.series().stream()
        .filter(series -> series.key().role() == role)
        .mapToLong(Series::opened)
        .sum();
  }

  /// Scans, with all the time between that an end may wait.
  private void eventually(ThrowingCallable assertion) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> {
          now += WaitingEnds.LOOK_NANOS;
          scan();
          assertion.call();
        });
  }

  private void scan() throws IOException {
    tracker.scan(source, now);
  }
}
