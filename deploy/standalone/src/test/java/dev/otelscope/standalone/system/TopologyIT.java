package dev.otelscope.standalone.system;

import static dev.otelscope.standalone.system.ShopNetwork.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.otelscope.standalone.kit.Api;
import dev.otelscope.standalone.kit.MapView;
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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/// A whole shop, mapped. Every edge that there is must be on the map, and no other.
@Requires(
    value = {Tool.IP, Tool.SETPRIV, Tool.NGINX, Tool.POSTGRES, Tool.INITDB, Tool.REDIS},
    root = true)
class TopologyIT {
  private static final Duration PATIENCE = Duration.ofSeconds(45);
  private static final String EVERYTHING = "system=show";
  private static final int VISITS = 3;

  /// Marks the tests in a shop without IPv4.
  private static final String V6_ONLY = "v6-only";

  private ShopNetwork shop;
  private ShopTraffic traffic;

  @TempDir Path folder;

  @BeforeEach
  void openTheShop(TestInfo test) throws IOException {
    shop =
        new ShopNetwork(
            Files.createDirectory(folder.resolve("shop")), test.getTags().contains(V6_ONLY));
    traffic = new ShopTraffic(shop);
  }

  @AfterEach
  void closeTheShop() {
    shop.close();
  }

  @Test
  void oneProbeOnEverythingSeesEveryEdgeAndNoOther() {
    assertThatOneProbeSeesEveryEdgeAndNoOther();
  }

  @Test
  @Tag(V6_ONLY)
  void oneProbeSeesTheSameWithoutIpv4() {
    assertThatOneProbeSeesEveryEdgeAndNoOther();
  }

  private void assertThatOneProbeSeesEveryEdgeAndNoOther() {
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
        Started front = probe(up, "front", shop.clients, shop.loopA);
        Started middle = probe(up, "middle", shop.web, shop.app, shop.loopB);
        Started back = probe(up, "back", shop.data, shop.prefork)) {
      Api api = up.api();
      await()
          .atMost(PATIENCE)
          .failFast(
              "a probe ended", () -> Stream.of(front, middle, back).anyMatch(p -> !p.isAlive()))
          .untilAsserted(() ->
              assertThat(
                      heldLinks(api).stream()
                          .filter(link -> link.port() != ShopTraffic.WORKERS_PORT))
                  .isEqualTo(traffic.heldWithoutWorkers()));
      assertThat(hostLinks(api))
          .containsExactly(
              "host~front → host~back",
              "host~front → host~middle",
              "host~front → pseudo~internet-out",
              "host~middle → host~back",
              "pseudo~internet-in → host~middle");

      traffic.visitWorkers(VISITS);
      await().atMost(PATIENCE).untilAsserted(() -> assertWorkersAreTold(api));
      assertShortAndRefusedAreCounted(api);
    }
  }

  /// Five processes of one host talk with four of another one that share a port: who talks with
  /// whom is known from single connections that both probes named, how much is shared out by that.
  /// Nobody is said to talk with whom it does not talk, and nothing is lost or made up.
  private void assertWorkersAreTold(Api api) {
    MapView processes = api.view("processes", EVERYTHING);
    List<JsonNode> edges =
        processes
            .edges()
            .filter(edge -> edge.required("ports").path(0).asInt() == ShopTraffic.WORKERS_PORT)
            .toList();
    assertThat(edges)
        .allSatisfy(
            edge -> assertThat(edge.required("pairing").asText()).isIn("estimated", "exact"));
    assertThat(pairs(traffic.heldWithWorkers()))
        .containsAll(
            pairs(
                heldLinks(processes).stream()
                    .filter(link -> link.port() == ShopTraffic.WORKERS_PORT)
                    .toList()));
    assertThat(byClient(heldLinks(processes))).isEqualTo(byClient(traffic.heldWithWorkers()));
    Map<String, Long> opened =
        edges.stream()
            .collect(
                Collectors.groupingBy(
                    edge -> edge.required("source").asText(),
                    Collectors.summingLong(edge -> edge.at("/totals/opened").asLong())));
    assertThat(opened)
        .hasSize(ShopTraffic.WORKERS_CLIENTS)
        .allSatisfy((client, count) ->
            assertThat(count).as("opened by %s since probes look", client).isEqualTo(VISITS));
  }

  private static Set<String> pairs(List<Link> links) {
    return links.stream()
        .map(link -> link.client() + " → " + link.server())
        .collect(Collectors.toSet());
  }

  private static Map<String, Integer> byClient(List<Link> links) {
    return links.stream()
        .filter(link -> link.port() == ShopTraffic.WORKERS_PORT)
        .collect(Collectors.groupingBy(Link::client, Collectors.summingInt(Link::active)));
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
    return heldLinks(api.view("processes", EVERYTHING));
  }

  private List<Link> heldLinks(MapView processes) {
    return Link.held(processes, shop::nameWithPid);
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
