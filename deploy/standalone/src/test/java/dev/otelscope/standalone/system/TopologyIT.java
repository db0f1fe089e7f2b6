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

      traffic.speakShortly();
      traffic.beRefused();
      await().atMost(PATIENCE).untilAsserted(() -> assertShortAndRefused(api));
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
          .contains("front → middle", "middle → back", "front → Internet outbound")
          .contains("Internet inbound → middle")
          .hasSize(4);

      traffic.speakShortly();
      traffic.beRefused();
      await().atMost(PATIENCE).untilAsserted(() -> assertShortAndRefused(api));
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
    return Link.held(api.view("processes", EVERYTHING), this::name);
  }

  private String name(long pid) {
    String name = shop.name(pid).orElse("pid " + pid);
    return name.equals("prefork worker") ? name + " " + pid : name;
  }

  /// Edges between different hosts.
  private static List<String> hostLinks(Api api) {
    return Link.all(api.view("hosts", EVERYTHING), pid -> "a process among hosts").stream()
        .filter(link -> !link.client().equals(link.server()))
        .map(link -> link.client() + " → " + link.server())
        .toList();
  }

  /// Short and refused connections: all of them counted between the hosts, whoever made them.
  private static void assertShortAndRefused(Api api) {
    List<JsonNode> edges = api.view("hosts", EVERYTHING).edges().toList();
    assertThat(edges.stream().mapToLong(edge -> edge.at("/totals/failed").asLong()).sum())
        .as("refused")
        .isEqualTo(1);
    assertThat(
            edges.stream()
                .flatMap(edge -> portDetails(api, edge))
                .filter(port -> port.required("port").asInt() == ShopTraffic.SHORT_PORT)
                .mapToLong(port -> port.at("/totals/opened").asLong())
                .sum())
        .as("short")
        .isEqualTo(ShopTraffic.SHORT_CONNECTIONS);
  }

  private static Stream<JsonNode> portDetails(Api api, JsonNode edge) {
    return api.edge("hosts", edge.required("id").asText()).required("ports").valueStream();
  }
}
