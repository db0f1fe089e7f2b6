package dev.otelscope.standalone.system;

import static dev.otelscope.standalone.system.ShopNetwork.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.otelscope.standalone.kit.Api;
import dev.otelscope.standalone.kit.Requires;
import dev.otelscope.standalone.kit.ScopeProcess;
import dev.otelscope.standalone.kit.ScopeProcess.Up;
import dev.otelscope.standalone.kit.Tool;
import dev.otelscope.standalone.testbed.Namespace;
import dev.otelscope.standalone.testbed.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole shop, mapped. Every edge that there is must be on the map, and no other.
@Requires(
    value = {Tool.IP, Tool.SETPRIV, Tool.NGINX, Tool.POSTGRES, Tool.INITDB, Tool.REDIS},
    root = true)
class TopologyIT {
  private static final Duration PATIENCE = Duration.ofSeconds(45);
  private static final String EVERYTHING = "system=show";

  private ShopNetwork shop;
  private ShopTraffic traffic;

  @TempDir Path folder;

  @BeforeEach
  void openTheShop() throws IOException {
    shop = new ShopNetwork(Files.createDirectory(folder.resolve("shop")));
    traffic = new ShopTraffic(shop);
  }

  @AfterEach
  void closeTheShop() {
    shop.close();
  }

  @Test
  void oneProbeOnEverythingSeesEveryEdgeAndNoOther() {
    String namespaces = list(shop.inside().toArray(Namespace[]::new));
    try (Up up = ScopeProcess.up(folder, "--host-id", "one", "--namespaces", namespaces)) {
      Api api = up.api();
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(heldLinks(api)).isEqualTo(traffic.held()));

      assertShortAndRefusedAreCounted(api);
      assertThat(heldLinks(api)).isEqualTo(traffic.held());
    }
  }

  @Test
  void threeProbesPlayThreeHosts() {
    try (Up up = ScopeProcess.up(folder, "--no-probe");
        Started front = probe(up, "front", shop.clients, shop.prefork, shop.loopA);
        Started middle = probe(up, "middle", shop.web, shop.app, shop.loopB);
        Started back = probe(up, "back", shop.data)) {
      Api api = up.api();
      await()
          .atMost(PATIENCE)
          .failFast(
              "a probe ended", () -> Stream.of(front, middle, back).anyMatch(p -> !p.isAlive()))
          .untilAsserted(() -> assertThat(heldLinks(api)).isEqualTo(traffic.held()));
      assertThat(hostLinks(api))
          .containsExactly(
              "host~front → host~middle",
              "host~front → pseudo~internet-out",
              "host~middle → host~back",
              "pseudo~internet-in → host~middle");

      assertShortAndRefusedAreCounted(api);
    }
  }

  private Started probe(Up up, String hostId, Namespace... namespaces) {
    return ScopeProcess.startAs(
        List.of(),
        folder,
        Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", up.url("otlpHttp").toString()),
        "probe",
        "--host-id",
        hostId,
        "--namespaces",
        list(namespaces));
  }

  private List<Link> heldLinks(Api api) {
    return Link.held(api.view("processes", EVERYTHING), shop::nameWithPid);
  }

  /// Edges between different hosts, by their ids.
  private static List<String> hostLinks(Api api) {
    return api.view("hosts", "")
        .edges()
        .map(edge -> edge.required("source").asText() + " → " + edge.required("target").asText())
        .sorted()
        .toList();
  }

  /// Short and refused connections: all of them counted between the hosts, whoever made them. One
  /// kind after the other, since what is over stays on the map for a while only.
  private void assertShortAndRefusedAreCounted(Api api) {
    traffic.speakShortly();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(
                    sum(
                        betweenHosts(api)
                            .filter(row -> row.required("port").asInt() == ShopTraffic.SHORT_PORT),
                        "/totals/opened"))
                .as("short")
                .isEqualTo(ShopTraffic.SHORT_CONNECTIONS));
    traffic.beRefused();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(sum(betweenHosts(api), "/totals/failed")).as("refused").isEqualTo(1));
  }

  private static Stream<JsonNode> betweenHosts(Api api) {
    return api.view("hosts", "")
        .nodes()
        .filter(node -> node.required("kind").asText().equals("host"))
        .map(host -> api.node("hosts", host.required("id").asText()))
        .flatMap(host -> host.at("/outbound/rows").valueStream());
  }

  private static long sum(Stream<JsonNode> connections, String figure) {
    return connections.mapToLong(connection -> connection.at(figure).asLong()).sum();
  }
}
