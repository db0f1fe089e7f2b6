package dev.otelscope.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.model.MetricNames;
import dev.otelscope.probe.container.docker.TestDocker;
import dev.otelscope.probe.emission.ReceiverTarget;
import dev.otelscope.probe.emission.RecordingReceiver;
import dev.otelscope.probe.emission.RecordingReceiver.Received;
import dev.otelscope.probe.emission.ResourceAttributes;
import dev.otelscope.probe.process.ProcessSelection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The whole probe beside a real Docker Engine, in which one container talks to another.
@Requires({Requires.Need.ROOT, Requires.Need.IPROUTE2, Requires.Need.DOCKER})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContainersIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String SERVER =
      """
      import socket, time
      listener = socket.create_server(("", 8000))
      held = []
      while True:
          held.append(listener.accept())
      """;
  private static final String CLIENT =
      """
      import socket, time
      while True:
          try:
              held = socket.create_connection(("server", 8000))
              break
          except OSError:
              time.sleep(0.1)
      time.sleep(600)
      """;

  private final RecordingReceiver receiver = new RecordingReceiver();
  private final List<Received> received = new ArrayList<>();
  private TestDocker docker;
  private String server = "";
  private String client = "";

  @BeforeAll
  void startContainers() throws IOException {
    docker = TestDocker.start();
    docker.run("network", "create", "shop");
    server =
        docker.container(
            "server", List.of("--network", "shop", "--memory", "64m"), "python3", "-c", SERVER);
    client = docker.container("client", List.of("--network", "shop"), "python3", "-c", CLIENT);
  }

  @AfterEach
  void forget() {
    receiver.take();
    received.clear();
  }

  @AfterAll
  void stop() throws IOException {
    receiver.close();
    docker.close();
  }

  @Test
  void bothEndsOfAConnectionAreInTheirContainers() throws IOException {
    try (Probe _ = Probe.start(config(List.of(docker.socket())))) {
      Received connection = await(isConnectionOf(client));
      String peer = connection.attributes().getOrDefault("otelscope.peer", "");

      assertThat(
              await(point -> peer.equals(point.resource().get("service.instance.id"))).resource())
          .containsEntry("container.id", server);
      assertThat(await(isContainer(server).and(isNamed("server"))).resource())
          .containsEntry("container.runtime.name", "docker")
          .containsEntry("container.image.name", "otelscope/borrowed");
      assertThat(
              await(isContainer(server).and(isMetric(MetricNames.CONTAINER_MEMORY_LIMIT))).value())
          .isEqualTo(64 << 20);
      assertThat(
              await(isContainer(server).and(isMetric(MetricNames.CONTAINER_MEMORY_USAGE))).value())
          .isPositive();
      assertThat(
              await(isContainer(server).and(isMetric(MetricNames.CONTAINER_NETWORK_IO)))
                  .attributes())
          .containsEntry("network.interface.name", "eth0");

      docker.run("pause", server);
      Received _ = await(isContainer(server).and(isState("paused")));
      docker.run("unpause", server);
    }
  }

  @Test
  void withoutTheEnginesSocketContainersHaveTheirIds() throws IOException {
    try (Probe _ = Probe.start(config(List.of()))) {
      assertThat(await(isConnectionOf(client)).attributes()).containsKey("otelscope.peer");
      assertThat(await(isContainer(server)).resource())
          .containsEntry("container.runtime.name", "docker")
          .doesNotContainKey("container.name");
    }
  }

  private ProbeConfig config(List<Path> sockets) {
    return new ProbeConfig(
        Optional.of("box"),
        Set.of(),
        Optional.empty(),
        Duration.ofMillis(500),
        List.of(),
        sockets,
        true,
        Optional.empty(),
        ProcessSelection.NONE,
        Set.of(),
        true,
        ReceiverTarget.http(receiver.base()),
        Optional.empty(),
        ResourceAttributes.NONE,
        false);
  }

  private Received await(Predicate<Received> wanted) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> find(wanted), Optional::isPresent)
        .orElseThrow();
  }

  private Optional<Received> find(Predicate<Received> wanted) {
    received.addAll(receiver.take());
    return received.stream().filter(wanted).findFirst();
  }

  private static Predicate<Received> isConnectionOf(String container) {
    return isMetric(MetricNames.CONNECTION_ACTIVE)
        .and(point -> container.equals(point.resource().get("container.id")))
        .and(point -> "client".equals(point.attributes().get("otelscope.connection.role")))
        .and(point -> "8000".equals(point.attributes().get("server.port")))
        .and(point -> point.attributes().containsKey("otelscope.peer"));
  }

  private static Predicate<Received> isContainer(String id) {
    return point -> ("container~" + id).equals(point.resource().get("service.instance.id"));
  }

  /// Its name may come later than the container: a slow runtime is not waited for.
  private static Predicate<Received> isNamed(String name) {
    return point -> name.equals(point.resource().get("container.name"));
  }

  private static Predicate<Received> isMetric(String name) {
    return point -> name.equals(point.metric());
  }

  private static Predicate<Received> isState(String state) {
    return isMetric(MetricNames.CONTAINER_STATE)
        .and(point -> state.equals(point.attributes().get("otelscope.state")))
        .and(point -> point.value() == 1);
  }
}
