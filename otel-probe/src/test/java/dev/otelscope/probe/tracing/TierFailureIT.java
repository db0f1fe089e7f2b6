package dev.otelscope.probe.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.model.Transport;
import dev.otelscope.probe.Requires;
import dev.otelscope.probe.Requires.Need;
import dev.otelscope.probe.TestNamespace;
import dev.otelscope.probe.connection.Tier;
import dev.otelscope.probe.connection.TierLadder;
import dev.otelscope.probe.connection.Translations;
import dev.otelscope.probe.kernel.bpf.BpfInventory;
import dev.otelscope.probe.process.DescriptorOwners;
import dev.otelscope.probe.sockdiag.SockDiagTier;
import dev.otelscope.probe.tracking.ConnectionTracker;
import dev.otelscope.probe.tracking.EphemeralPorts;
import dev.otelscope.probe.tracking.Reaches;
import dev.otelscope.probe.tracking.Role;
import dev.otelscope.probe.tracking.Series;
import dev.otelscope.probe.tracking.TrackingRules;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Somebody takes the probe's programs out of the kernel while connections are held: they stay the
/// same connections, counted once, whichever tier goes on.
@Requires({Need.ROOT, Need.IPROUTE2, Need.EBPF})
class TierFailureIT {
  private static final int HELD = 5;
  private static final int SCANS_TO_SETTLE = 6;

  private final ConnectionTracker tracker =
      new ConnectionTracker(
          new DescriptorOwners(Path.of("/proc")),
          Translations.NONE,
          new TrackingRules(EphemeralPorts.DEFAULT, Reaches.WITHOUT_LOCAL_NETWORKS, true));
  private final List<SocketChannel> held = new ArrayList<>();
  private TestNamespace namespace;
  private ServerSocketChannel listener;
  private TierLadder ladder;
  private long now;

  @BeforeEach
  void holdConnections() throws Exception {
    namespace = TestNamespace.create();
    ladder =
        new TierLadder(
            List.of(new EbpfTier(namespace.selection()), new SockDiagTier(namespace.selection())),
            Optional.empty());
    scan();
    listener = namespace.inside(() -> ServerSocketChannel.open(StandardProtocolFamily.INET6));
    listener.bind(new InetSocketAddress(InetAddress.ofLiteral("::1"), 0));
    for (int i = 0; i < HELD; i++) {
      connect();
    }
    settle();
  }

  @AfterEach
  void endAll() throws Exception {
    ladder.close();
    for (SocketChannel each : held) {
      each.close();
    }
    listener.close();
    namespace.close();
  }

  @Test
  void aTierThatIsBrokenOnceIsPutInOrderAgain() throws Exception {
    List<Series> before = series();

    detach();
    settle();

    assertThat(ladder.tier()).isEqualTo(Tier.EBPF);
    assertThat(ladder.reason()).isEmpty();
    assertThat(tracker.lost()).containsOnly(Map.entry("tier_failed", 1L));
    assertThatTheSameAreCountedOnce(before, HELD);
  }

  @Test
  void anotherTierGoesOnWithTheSameConnectionsAndSaysWhy() throws Exception {
    List<Series> before = series();

    stepDown();
    connect();
    held.removeFirst().close();
    held.removeFirst().close();
    settle();

    assertThat(ladder.tier()).isEqualTo(Tier.SOCK_DIAG);
    assertThat(ladder.reason())
        .isEqualTo(
            "tier 1: it stopped working: some other program has detached the one that sees UDP");
    assertThat(series()).containsExactlyInAnyOrderElementsOf(before);
    assertThat(series())
        .allSatisfy(series -> {
          assertThat(series.active()).isEqualTo(HELD);
          assertThat(series.opened()).isEqualTo(HELD + 1);
          assertThat(series.reset()).isZero();
          assertThat(series.failed()).isZero();
        });
  }

  @Test
  void bytesThatWereSentMeanwhileAreNotLost() throws Exception {
    for (SocketChannel each : held) {
      each.write(ByteBuffer.allocate(100));
    }
    settle();
    stepDown();
    for (SocketChannel each : held) {
      each.write(ByteBuffer.allocate(50));
    }
    settle();

    assertThat(of(Role.CLIENT).transmitted()).isEqualTo(150 * HELD);
  }

  private void stepDown() throws Exception {
    detach();
    scan();
    detach();
    scan();
    settle();
  }

  private static void detach() throws Exception {
    BpfInventory.of(ProcessHandle.current().pid()).detachFromControlGroups();
  }

  private void assertThatTheSameAreCountedOnce(List<Series> before, int count) {
    assertThat(series()).containsExactlyInAnyOrderElementsOf(before);
    assertThat(series())
        .allSatisfy(series -> {
          assertThat(series.active()).isEqualTo(count);
          assertThat(series.opened()).isEqualTo(count);
        });
  }

  private Series of(Role role) {
    return series().stream()
        .filter(series -> series.key().role() == role)
        .findFirst()
        .orElseThrow();
  }

  private List<Series> series() {
    return tracker.series().stream()
        .filter(series -> series.key().transport() == Transport.TCP)
        .toList();
  }

  private void connect() throws Exception {
    SocketChannel client = namespace.inside(() -> SocketChannel.open(StandardProtocolFamily.INET6));
    client.connect(listener.getLocalAddress());
    held.add(client);
    held.add(listener.accept());
  }

  private void settle() throws Exception {
    for (int i = 0; i < SCANS_TO_SETTLE; i++) {
      scan();
    }
  }

  private void scan() throws Exception {
    now += 1_000_000_000L;
    tracker.scan(ladder, now);
  }
}
