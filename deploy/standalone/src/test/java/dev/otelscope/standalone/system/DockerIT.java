package dev.otelscope.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.otelscope.standalone.kit.DockerEngine;
import dev.otelscope.standalone.kit.MapView;
import dev.otelscope.standalone.kit.Requires;
import dev.otelscope.standalone.kit.ScopeProcess;
import dev.otelscope.standalone.kit.ScopeProcess.Up;
import dev.otelscope.standalone.kit.Tool;
import dev.otelscope.standalone.testbed.Namespaces;
import dev.otelscope.standalone.testbed.RemoteTalker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Two real Docker Engines on one host, with the same addresses:
///
/// ```
/// first    visitor ── front ── web ── back ── db        web is published as 10.213.0.1:8080
///          twin client ── 10.213.0.0/24 ── twin server
/// second   twin client ── 10.213.0.0/24 ── twin server
/// ```
@Requires(
    value = {Tool.DOCKERD, Tool.DOCKER, Tool.RUNC, Tool.IPTABLES, Tool.PYTHON, Tool.IP},
    root = true)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DockerIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String EVERYTHING = "unconnected=show&system=show";
  private static final String STOPPED_TOO = EVERYTHING + "&stopped=show";
  private static final int PORT = 8000;
  private static final String PUBLISHED = "8080";
  private static final String SERVER =
      """
      import socket, sys, time
      listener = socket.create_server(("", 8000))
      held = []
      if len(sys.argv) > 1:
          held.append(socket.create_connection((sys.argv[1], 8000)))
      while True:
          held.append(listener.accept())
      """;
  private static final String CLIENT =
      """
      import socket, sys, time
      while True:
          try:
              held = socket.create_connection((sys.argv[1], 8000))
              break
          except OSError:
              time.sleep(0.1)
      time.sleep(600)
      """;

  private final Namespaces namespaces = Namespaces.create();
  private Path folder;
  private DockerEngine first;
  private DockerEngine second;
  private RemoteTalker local;
  private Up up;

  @BeforeAll
  void start(@TempDir Path own) {
    folder = own;
    first = DockerEngine.start(folder.resolve("1"), namespaces.add("first"));
    second = DockerEngine.start(folder.resolve("2"), namespaces.add("second"));
    local = RemoteTalker.start(first.namespace(), folder.resolve("local.log"));
    up = ScopeProcess.up(folder, "--runtime-sockets=" + first.socket() + "," + second.socket());
  }

  @AfterAll
  void stop() {
    Stream.of(up, local, second, first, namespaces).forEach(DockerIT::close);
  }

  private static void close(AutoCloseable started) {
    try {
      if (started != null) {
        started.close();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aShopOnTwoNetworksWithAPublishedPort() throws IOException {
    first.docker("network", "create", "front");
    first.docker("network", "create", "back");
    String db = first.run("db", List.of("--network", "back"), "python3", "-c", SERVER);
    String web =
        first.run(
            "web",
            List.of("--network", "back", "-p", PUBLISHED + ":" + PORT, "--label", "tier=front"),
            "python3",
            "-c",
            SERVER,
            "db");
    first.docker("network", "connect", "front", web);
    String visitor =
        first.run("visitor", List.of("--network", "front"), "python3", "-c", CLIENT, "web");
    local.tell("connect direct " + DockerEngine.GATEWAY + " " + PUBLISHED);
    local.tell("connect proxied 127.0.0.1 " + PUBLISHED);

    eventually(() -> {
      MapView containers = up.api().view("containers", "");
      assertThat(label(containers, visitor)).isEqualTo("visitor");
      assertThat(label(containers, web)).isEqualTo("web");
      assertThat(label(containers, db)).isEqualTo("db");
      assertThat(edge(containers, visitor, web).at("/connections/active").asInt()).isEqualTo(1);
      assertThat(edge(containers, web, db).at("/connections/active").asInt()).isEqualTo(1);
      assertThat(edge(containers, web, db).required("ports").path(0).asInt()).isEqualTo(PORT);
      assertThat(edge(containers, web, db).required("pairing").asText()).isEqualTo("exact");
    });
    eventually(() -> {
      MapView processes = up.api().view("processes", EVERYTHING);
      String server = processOf(processes, web);
      String client = processes.process(local.pid()).orElseThrow().required("id").asText();
      String proxy =
          edgeFrom(processes, client, target -> !target.equals(server)).required("target").asText();
      assertThat(processes.node(proxy).orElseThrow().required("label").asText())
          .isEqualTo("docker-proxy");
      assertThat(edgeFrom(processes, proxy, server::equals).required("ports").path(0).asInt())
          .isEqualTo(PORT);
      JsonNode direct = edgeFrom(processes, client, server::equals);
      JsonNode port = up.api().edge("processes", direct.required("id").asText()).at("/ports/0");
      assertThat(port.required("port").asInt()).isEqualTo(PORT);
      assertThat(port.at("/virtualAddresses/0").asText())
          .isEqualTo(DockerEngine.GATEWAY + ":" + PUBLISHED);
    });
    eventually(() ->
        assertThat(up.api().node("containers", "container~" + web).toString())
            .contains("\"" + DockerEngine.IMAGE + "\"", "0.0.0.0:8080->8000/tcp", "back", "front"));
    withoutSocketsContainersAreKnownByTheirIds(visitor, web, db);
  }

  private void withoutSocketsContainersAreKnownByTheirIds(String visitor, String web, String db)
      throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    try (Up alone = ScopeProcess.up(other, "--runtime-sockets=" + other.resolve("nobody.sock"))) {
      eventually(() -> {
        MapView containers = alone.api().view("containers", "");
        assertThat(web).startsWith(label(containers, web));
        assertThat(edge(containers, visitor, web).required("ports").path(0).asInt())
            .isEqualTo(PORT);
        assertThat(edge(containers, web, db).required("ports").path(0).asInt()).isEqualTo(PORT);
      });
    }
  }

  @Test
  void equalAddressesOnTwoNetworksAreNotMixedUp() {
    String server1 = first.run("server1", List.of(), "python3", "-c", SERVER);
    String server2 = second.run("server2", List.of(), "python3", "-c", SERVER);
    String address = addressOf(first, server1);
    String client1 = first.run("client1", List.of(), "python3", "-c", CLIENT, address);
    String client2 =
        second.run("client2", List.of(), "python3", "-c", CLIENT, addressOf(second, server2));

    eventually(() -> {
      assertThat(addressOf(second, server2)).isEqualTo(address);
      MapView containers = up.api().view("containers", "");
      assertThat(edge(containers, client1, server1).required("pairing").asText())
          .isEqualTo("exact");
      assertThat(edge(containers, client2, server2).required("pairing").asText())
          .isEqualTo("exact");
      assertThat(edgeIds(containers))
          .doesNotContain(edgeId(client1, server2), edgeId(client2, server1));
    });
  }

  @Test
  void aContainerPausesGoesOnIsRenamedAndDies() {
    String patient = second.run("patient", List.of("--network", "none"), "sleep", "600");
    awaitState(patient, "running", "started");
    second.docker("pause", patient);
    awaitState(patient, "paused", "paused");
    second.docker("unpause", patient);
    awaitState(patient, "running", "unpaused");
    second.docker("rename", patient, "survivor");
    eventually(() ->
        assertThat(label(up.api().view("containers", STOPPED_TOO), patient)).isEqualTo("survivor"));
    second.docker("kill", patient);
    awaitState(patient, "exited", "killed");
    assertThat(up.api().view("containers", EVERYTHING).node("container~" + patient)).isEmpty();
  }

  private void awaitState(String container, String state, String done) {
    long since = System.nanoTime();
    eventually(() ->
        assertThat(
                up.api()
                    .view("containers", STOPPED_TOO)
                    .node("container~" + container)
                    .map(node -> node.required("state").asText()))
            .contains(state));
    System.out.printf(
        "a container that was %s is %s on the map after %d ms%n",
        done, state, (System.nanoTime() - since) / 1_000_000);
  }

  private static String addressOf(DockerEngine engine, String container) {
    return engine
        .docker("inspect", "-f", "{{.NetworkSettings.Networks.bridge.IPAddress}}", container)
        .strip();
  }

  private static String label(MapView containers, String id) {
    return containers.node("container~" + id).orElseThrow().required("label").asText();
  }

  private static JsonNode edge(MapView containers, String client, String server) {
    return containers
        .edges()
        .filter(edge -> edge.required("id").asText().equals(edgeId(client, server)))
        .findFirst()
        .orElseThrow(() ->
            new AssertionError(edgeId(client, server) + " is not among " + edgeIds(containers)));
  }

  private static String edgeId(String client, String server) {
    return "container~" + client + "!container~" + server;
  }

  private static List<String> edgeIds(MapView view) {
    return view.edges().map(edge -> edge.required("id").asText()).toList();
  }

  private static JsonNode edgeFrom(MapView processes, String client, Predicate<String> isServer) {
    return processes
        .edges()
        .filter(edge -> edge.required("source").asText().equals(client))
        .filter(edge -> isServer.test(edge.required("target").asText()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no such edge among " + edgeIds(processes)));
  }

  /// The process of a container that has only one.
  private static String processOf(MapView processes, String container) {
    return processes
        .nodes()
        .filter(node ->
            node.required("parents")
                .valueStream()
                .anyMatch(
                    parent -> parent.required("id").asText().equals("container~" + container)))
        .findFirst()
        .orElseThrow()
        .required("id")
        .asText();
  }

  private static void eventually(ThrowingRunnable assertion) {
    await().atMost(PATIENCE).ignoreExceptions().untilAsserted(assertion);
  }
}
