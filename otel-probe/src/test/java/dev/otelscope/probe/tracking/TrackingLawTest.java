package dev.otelscope.probe.tracking;

import static dev.otelscope.probe.tracking.SimulatedKernel.process;
import static dev.otelscope.probe.tracking.SimulatedKernel.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.model.Transport;
import dev.otelscope.probe.connection.TcpState;
import dev.otelscope.probe.connection.Translations;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/// Random histories of sockets, with scans at any moment, also while one is being made: whatever
/// the timing, no connection and no byte is counted twice or lost.
class TrackingLawTest {
  private static final List<String> HOSTS = List.of("10.0.0.1", "10.0.0.2", "127.0.0.1");

  /// A connection and what is true of it.
  private record Pair(SimulatedKernel.End client, SimulatedKernel.End server) {}

  private final SimulatedKernel kernel = new SimulatedKernel("1", "2");
  private final ConnectionTracker tracker =
      new ConnectionTracker(
          kernel,
          Translations.NONE,
          new TrackingRules(EphemeralPorts.DEFAULT, Reaches.WITHOUT_LOCAL_NETWORKS, true));
  private final List<Pair> open = new ArrayList<>();
  private final List<SimulatedKernel.End> connecting = new ArrayList<>();
  private long opened;
  private long failed;
  private long sent;
  private long now;
  private int nextPort = 33_000;

  @RepeatedTest(300)
  void nothingIsCountedTwiceOrLost(RepetitionInfo repetition) throws IOException {
    Random random = new Random(repetition.getCurrentRepetition());
    kernel.listen("1", Transport.TCP, "0.0.0.0", 80, process(1));
    kernel.listen("2", Transport.TCP, "0.0.0.0", 80, process(2));
    scan();
    kernel.meanwhile(() -> act(random, random.nextInt(6)));

    for (int step = 0; step < 40; step++) {
      act(random, random.nextInt(20));
      scan();
      assertThat(sum(Series::opened)).isLessThanOrEqualTo(opened);
      assertThat(sum(Series::transmitted)).isLessThanOrEqualTo(sent);
      assertThat(sum(Series::received)).isLessThanOrEqualTo(sent);
    }
    kernel.meanwhile(() -> {});
    for (int i = 0; i < 3; i++) {
      scan(); // whatever waited has been counted after these
    }

    assertThat(sum(Series::opened)).isEqualTo(opened);
    assertThat(sum(Series::failed)).isEqualTo(failed);
    assertThat(sum(Series::active)).isEqualTo(2L * open.size());
    assertThat(sum(Series::transmitted)).isEqualTo(sent);
    assertThat(sum(Series::received)).isEqualTo(sent);
    for (Series series : tracker.series()) {
      assertThat(series.active()).isNotNegative();
    }
  }

  private void act(Random random, int actions) {
    for (int i = 0; i < actions; i++) {
      switch (random.nextInt(7)) {
        case 0, 1 -> connect(random);
        case 2 -> send(random);
        case 3 -> accept(random);
        case 4 -> close(random);
        case 5 -> beginToConnect();
        default -> endToConnect(random);
      }
    }
  }

  private void connect(Random random) {
    String server = HOSTS.get(random.nextInt(HOSTS.size()));
    boolean loopback = server.equals("127.0.0.1");
    String serverNamespace = server.equals("10.0.0.2") ? "2" : "1";
    String clientNamespace = loopback ? "1" : random.nextBoolean() ? "1" : "2";
    String client = loopback ? server : clientNamespace.equals("1") ? "10.0.0.1" : "10.0.0.2";
    int port = nextPort++;
    SimulatedKernel.End clientEnd =
        kernel
            .open(clientNamespace, tcp(client, port, server, 80))
            .heldBy(process(10 + random.nextInt(3)));
    SimulatedKernel.End serverEnd = kernel.open(serverNamespace, tcp(server, 80, client, port));
    open.add(new Pair(clientEnd, serverEnd));
    opened += 2;
  }

  private void send(Random random) {
    if (!open.isEmpty()) {
      Pair pair = open.get(random.nextInt(open.size()));
      int bytes = random.nextInt(10_000);
      boolean fromClient = random.nextBoolean();
      (fromClient ? pair.client() : pair.server()).sent += bytes;
      (fromClient ? pair.server() : pair.client()).received += bytes;
      sent += bytes;
    }
  }

  private void accept(Random random) {
    if (!open.isEmpty()) {
      SimulatedKernel.End server = open.get(random.nextInt(open.size())).server();
      if (server.inode == 0) {
        server.heldBy(process(server.namespace.equals("1") ? 1 : 2));
      }
    }
  }

  private void close(Random random) {
    if (!open.isEmpty()) {
      Pair pair = open.remove(random.nextInt(open.size()));
      pair.client().close();
      pair.server().received++; // the kernel counts the FIN
      pair.server().close();
    }
  }

  private void beginToConnect() {
    SimulatedKernel.End end =
        kernel.open("1", tcp("10.0.0.1", nextPort++, "192.0.2.1", 81)).heldBy(process(10));
    end.state = TcpState.SYN_SENT;
    connecting.add(end);
  }

  private void endToConnect(Random random) {
    if (!connecting.isEmpty()) {
      connecting.remove(random.nextInt(connecting.size())).fail();
      failed++;
    }
  }

  private void scan() throws IOException {
    now += 1_000_000_000L;
    tracker.scan(kernel, now);
  }

  private long sum(ToLongFunction<Series> figure) {
    return tracker.series().stream().mapToLong(figure).sum();
  }
}
