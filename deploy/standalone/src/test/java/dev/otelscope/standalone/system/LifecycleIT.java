package dev.otelscope.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.otelscope.standalone.kit.Api;
import dev.otelscope.standalone.kit.Parts;
import dev.otelscope.standalone.kit.Requires;
import dev.otelscope.standalone.kit.Tool;
import dev.otelscope.standalone.testbed.Namespace;
import dev.otelscope.standalone.testbed.Namespaces;
import dev.otelscope.standalone.testbed.RemoteTalker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The map as connections come and go, and as its own parts do. Figures are compared with what the
/// client itself counted.
@Requires(value = Tool.IP, root = true)
class LifecycleIT {
  /// The time within which a restart must have healed.
  private static final Duration HEALING = Duration.ofSeconds(35);

  private static final Duration PATIENCE = Duration.ofSeconds(45);
  private static final int POOL = 5;

  private Namespaces namespaces;
  private Namespace serverSpace;
  private Namespace clientSpace;
  private RemoteTalker server;
  private RemoteTalker client;
  private Parts parts;
  private Api api;

  @TempDir Path folder;

  @BeforeEach
  void start() {
    namespaces = Namespaces.create();
    serverSpace = namespaces.addToBridge("server", "10.77.0.10/24");
    clientSpace = namespaces.addToBridge("client", "10.77.0.20/24");
    server = RemoteTalker.start(serverSpace, folder.resolve("server.log"));
    client = RemoteTalker.start(clientSpace, folder.resolve("client.log"));
    server.tell("listen 10.77.0.10 7000");
    parts = new Parts(folder);
    api = parts.api();
    parts.startProbe(serverSpace, clientSpace);
  }

  @AfterEach
  void stop() {
    parts.close();
    client.close();
    server.close();
    namespaces.close();
  }

  @Test
  void aConnectionAppearsAndFadesAfterItIsClosed() {
    awaitProbe();
    client.tell("connect a 10.77.0.10 7000");
    client.tell("ask a 100 2000");
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(map()).contains(done()));

    client.tell("close a");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(map().map(Figures::active)).contains(0L));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(map()).isEmpty());
  }

  @Test
  void aNewProbeCarriesOnWhereTheOldOneEnded() {
    keepThePoolBusy();
    parts.stop("probe");
    Figures beforeTheGap = map().orElseThrow();
    assertNotMoreThan(done(), beforeTheGap);

    parts.startProbe(serverSpace, clientSpace);
    await()
        .atMost(HEALING)
        .untilAsserted(
            () -> assertThat(map().orElseThrow().sent()).isGreaterThan(beforeTheGap.sent()));
    Figures settled = settle();
    assertThat(settled.active()).isEqualTo(POOL);
    assertThat(settled.opened()).as("no connection counted twice").isEqualTo(POOL);
    assertNotMoreThan(done(), settled);

    assertWhatComesNowIsCountedOnce(settled);
  }

  @Test
  void aNewProcessorKnowsEverythingTheOldOneKnew() {
    keepThePoolBusy();
    parts.kill("processor");
    parts.startProcessor();
    await()
        .atMost(HEALING)
        .untilAsserted(() -> assertThat(map().map(Figures::active)).contains((long) POOL));

    client.tell("idle");
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(map()).contains(done()));
    assertWhatComesNowIsCountedOnce(done());
  }

  private void keepThePoolBusy() {
    awaitProbe();
    client.tell("hold " + POOL + " 10.77.0.10 7000");
    client.tell("busy 20 100 2000");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(map().map(Figures::active)).contains((long) POOL));
  }

  /// Connections that were open before a probe came are not counted as opened: wait for it.
  private void awaitProbe() {
    await()
        .atMost(PATIENCE)
        .until(() ->
            api.view("processes", "system=show&unconnected=show")
                .process(server.pid())
                .isPresent());
  }

  /// Stops the traffic, and waits until the map's figures stand still.
  private Figures settle() {
    client.tell("idle");
    Figures[] last = {map().orElseThrow()};
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(3))
        .until(() -> {
          Figures before = last[0];
          last[0] = map().orElseThrow();
          return before.equals(last[0]);
        });
    return last[0];
  }

  private void assertWhatComesNowIsCountedOnce(Figures before) {
    Figures doneBefore = done();
    client.tell("connect more 10.77.0.10 7000");
    client.tell("ask more 1234 4321");
    Figures expected = before.plus(done().minus(doneBefore));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(map()).contains(expected));
  }

  private static void assertNotMoreThan(Figures done, Figures shown) {
    assertThat(shown.opened()).as("opened").isLessThanOrEqualTo(done.opened());
    assertThat(shown.sent()).as("bytes sent").isLessThanOrEqualTo(done.sent());
    assertThat(shown.received()).as("bytes received").isLessThanOrEqualTo(done.received());
  }

  private Optional<Figures> map() {
    return Figures.onTheMap(api, client, server);
  }

  private Figures done() {
    return Figures.done(client);
  }
}
