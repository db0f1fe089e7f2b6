package dev.otelscope.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.otelscope.model.MetricNames;
import dev.otelscope.probe.emission.RecordingReceiver;
import dev.otelscope.probe.emission.RecordingReceiver.Received;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The whole probe against this machine's kernel, with whatever rights the build has.
class ProbeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final RecordingReceiver receiver = new RecordingReceiver();
  private final List<Received> received = new ArrayList<>();

  @AfterEach
  void stop() {
    receiver.close();
  }

  @Test
  void seesThisProcessTalkToItselfAndSaysHowItEnds() throws IOException {
    String pid = Long.toString(ProcessHandle.current().pid());
    try (Probe probe = Probe.start(ProbeConfig.sendingTo(receiver.base()));
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(server.getLocalPort());
      Predicate<Received> here = point -> port.equals(point.attributes().get("server.port"));
      try (Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
          Socket accepted = server.accept()) {
        client.getOutputStream().write(new byte[1000]);
        assertThat(accepted.getInputStream().readNBytes(1000)).hasSize(1000);

        await().atMost(PATIENCE).until(() -> find(here.and(isActive("client", 1))).isPresent());
        await().atMost(PATIENCE).until(() -> find(here.and(isActive("server", 1))).isPresent());
        await().atMost(PATIENCE).until(() -> find(isListener(port)).isPresent());
      }
      Received client = find(here.and(isActive("client", 1))).orElseThrow();
      assertThat(client.resource()).containsEntry("process.pid", pid);
      assertThat(client.attributes().get("otelscope.peer"))
          .isEqualTo(client.resource().get("service.instance.id"));
      await().atMost(PATIENCE).until(() -> find(here.and(isActive("client", 0))).isPresent());
      assertThat(probe.coverage().tier().number()).isBetween(1, 4);
    }
    assertThat(find(point -> point.metric().equals(MetricNames.PROBE_COVERAGE))).isPresent();
  }

  @Test
  void theLastExportCarriesWhatHappenedSinceTheOneBefore() throws IOException {
    Probe probe = Probe.start(ProbeConfig.sendingTo(receiver.base()));
    receiver.take();
    probe.close();

    assertThat(receiver.take()).isNotEmpty();
  }

  @Test
  @Timeout(20)
  void endsAlsoWhenTheReceiverNeverAnswers() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Probe probe =
          Probe.start(
              ProbeConfig.sendingTo(URI.create("http://127.0.0.1:" + silent.getLocalPort())));
      silent.accept().close(); // the first export is under way
      probe.close();
    }
  }

  private Optional<Received> find(Predicate<Received> wanted) {
    received.addAll(receiver.take());
    return received.stream().filter(wanted).findFirst();
  }

  private static Predicate<Received> isActive(String role, int count) {
    return point ->
        point.metric().equals(MetricNames.CONNECTION_ACTIVE)
            && role.equals(point.attributes().get("otelscope.connection.role"))
            && point.value() == count;
  }

  private static Predicate<Received> isListener(String port) {
    return point ->
        point.metric().equals(MetricNames.LISTENER)
            && port.equals(point.attributes().get("server.port"));
  }
}
