package dev.otelscope.query;

import static dev.otelscope.query.kit.TestClient.parse;
import static dev.otelscope.query.kit.TestClient.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.otelscope.model.EdgeKey;
import dev.otelscope.model.GraphPublisher;
import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Listener;
import dev.otelscope.model.MetricNames;
import dev.otelscope.model.Traffic;
import dev.otelscope.model.Transport;
import dev.otelscope.model.VirtualAddress;
import dev.otelscope.query.kit.TestClient;
import dev.otelscope.query.kit.TestWorld;
import java.net.BindException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class DetailsApiTest {
  private static final String NGINX = "process~web~100~boot-100";
  private static final String APP = "process~web~200~boot-200";

  private final GraphPublisher graph = new GraphPublisher();
  private QueryServer server;
  private TestClient client;

  @BeforeAll
  void start() throws BindException {
    TestWorld world = TestWorld.shop(graph, "k3x9");
    world.listen(
        TestWorld.process("web", 100),
        new Listener(IpAddress.parse("0.0.0.0"), 443, Transport.TCP));
    server = QueryServer.start(QueryConfig.DEFAULTS.withPort(0), graph);
    client = new TestClient(server.uri());
    publishAndWait(world);
    world.measure(TestWorld.process("web", 100), MetricNames.PROCESS_CPU_TIME, 7, 0.25);
    world.measure(TestWorld.process("web", 100), MetricNames.PROCESS_THREAD_COUNT, 4, Double.NaN);
    publishAndWait(world);
    world.measure(TestWorld.process("web", 100), MetricNames.PROCESS_CPU_TIME, 8, 0.5);
    world.put(
        new EdgeKey(
            TestWorld.process("web", 100), TestWorld.process("web", 200), Transport.TCP, 8081),
        2,
        new Traffic(10, 14, 0, 0, 0, 0),
        new Traffic(1.5, 0.2, 0, 0, 0, 0),
        Map.of("refused", 14.0));
    world.callBy(
        new EdgeKey(
            TestWorld.process("web", 200), TestWorld.process("db", 300), Transport.TCP, 5433),
        new VirtualAddress(IpAddress.parse("fd00::a"), 5432),
        new VirtualAddress(IpAddress.parse("10.96.0.10"), 5432));
    world.publish();
  }

  /// What comes while the views are busy is taken as one change, which would leave out a point.
  private void publishAndWait(TestWorld world) {
    world.publish();
    client.json("/api/v1/views");
  }

  @AfterAll
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void aProcessShowsItsAttributesUsageAndConnections() {
    JsonNode details = client.json("/api/v1/views/processes/nodes/" + NGINX);

    assertThat(details.path("revision").asText()).isEqualTo("k3x9:3");
    assertThat(details.path("node").path("label").asText()).isEqualTo("nginx");
    assertThat(details.path("groups").get(0).path("label").asText()).isEqualTo("Process");
    assertThat(details.path("groups").get(0).path("rows"))
        .contains(parse("{\"key\":\"process.pid\",\"label\":\"PID\",\"value\":\"100\"}"));
    assertThat(details.path("measurements").get(0))
        .isEqualTo(
            parse(
                """
                {"id":"cpu","label":"CPU","unit":"{cpu}","value":0.5,"limit":null,
                 "points":[["2026-11-22T14:00:02Z",0.25],["2026-11-22T14:00:03Z",0.5]]}\
                """));
    assertThat(details.path("measurements").get(1).path("id").asText())
        .isEqualTo("process.thread.count");
    assertThat(details.path("measurements").get(1).path("label").asText()).isEqualTo("Threads");
    assertThat(texts(details.path("parents"), "view"))
        .containsExactly("hosts", "processes-by-name");
    assertThat(details.path("children")).isEmpty();
    assertThat(details.path("inbound").path("total").asInt()).isEqualTo(1);
    assertThat(details.path("inbound").path("rows").get(0).path("peer"))
        .isEqualTo(
            parse(
                """
                {"view":"processes","id":"pseudo~internet-in","label":"Internet",
                 "sublabel":"inbound","kind":"internet","pseudo":true}\
                """));
    assertThat(details.path("outbound").path("total").asInt()).isEqualTo(2);
    JsonNode busiest = details.path("outbound").path("rows").get(0);
    assertThat(busiest.path("port").asInt()).isEqualTo(8081);
    assertThat(busiest.path("edge").asText()).isEqualTo(NGINX + "!" + APP);
    assertThat(busiest.path("connections").path("active").asInt()).isEqualTo(2);
    assertThat(details.path("listeners"))
        .isEqualTo(parse("[{\"address\":\"0.0.0.0\",\"port\":443,\"transport\":\"tcp\"}]"));
    assertThat(details.path("controls")).isEmpty();
  }

  @Test
  void aHostShowsWhatRunsOnIt() {
    JsonNode children = client.json("/api/v1/views/hosts/nodes/host~web").path("children").get(0);

    assertThat(children.path("view").asText()).isEqualTo("processes");
    assertThat(children.path("total").asInt()).isEqualTo(4);
    assertThat(texts(children.path("items"), "label"))
        .containsExactly("app", "cron", "nginx", "otelcol");
  }

  @Test
  void theInternetShowsItsAddresses() {
    JsonNode details = client.json("/api/v1/views/hosts/nodes/pseudo~internet-in");

    assertThat(details.path("children").get(0).path("view").isNull()).isTrue();
    assertThat(texts(details.path("children").get(0).path("items"), "label"))
        .containsExactly("203.0.113.7");
    assertThat(details.path("outbound").path("rows").get(0).path("peer").path("label").asText())
        .isEqualTo("shop-1");
  }

  @Test
  void aHiddenNodeHasDetailsToo() {
    JsonNode details = client.json("/api/v1/views/processes/nodes/process~web~400~boot-400");
    assertThat(details.path("node").path("label").asText()).isEqualTo("cron");
  }

  @Test
  void anEdgeShowsItsPortsProcessesAndFailures() {
    JsonNode details =
        client.json("/api/v1/views/processes-by-name/edges/" + byName("nginx", "app"));

    assertThat(details.path("edge").path("ports")).isEqualTo(parse("[8080,8081]"));
    assertThat(details.path("source").path("label").asText()).isEqualTo("nginx");
    assertThat(texts(details.path("ports"), "port")).containsExactly("8081", "8080");
    assertThat(details.path("processes").path("total").asInt()).isEqualTo(2);
    JsonNode pair = details.path("processes").path("rows").get(0);
    assertThat(pair.path("client").path("id").asText()).isEqualTo(NGINX);
    assertThat(pair.path("client").path("view").asText()).isEqualTo("processes");
    assertThat(pair.path("server").path("sublabel").asText()).isEqualTo("shop-1:200");
    assertThat(pair.path("pairing").asText()).isEqualTo("exact");
    assertThat(details.path("failures"))
        .isEqualTo(parse("[{\"cause\":\"refused\",\"rate\":0.2,\"total\":14.0}]"));
    assertThat(texts(details.path("rates"), "id"))
        .containsExactly("active", "opened", "failed", "reset", "sent", "received");
    JsonNode active = details.path("rates").get(0).path("points");
    assertThat(active).hasSize(2);
    assertThat(active.get(1).get(1).asDouble()).isEqualTo(5);
  }

  @Test
  void anEdgeSaysWhatItsServerWasCalledAs() {
    JsonNode edge = client.json("/api/v1/views/hosts/edges/host~web!host~db");
    JsonNode called = parse("[\"10.96.0.10:5432\",\"[fd00::a]:5432\"]");
    JsonNode itself = parse("[]");

    assertThat(texts(edge.path("processes").path("rows"), "port")).containsExactly("5432", "5433");
    for (JsonNode rows : List.of(edge.path("processes").path("rows"), edge.path("ports"))) {
      assertThat(rows.get(0).path("virtualAddresses")).isEqualTo(itself);
      assertThat(rows.get(1).path("virtualAddresses")).isEqualTo(called);
    }
    JsonNode node = client.json("/api/v1/views/hosts/nodes/host~db");
    assertThat(node.path("inbound").path("rows").get(1).path("virtualAddresses")).isEqualTo(called);
  }

  private static String byName(String source, String target) {
    return "group~processes-by-name~" + source + "!group~processes-by-name~" + target;
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertThat(client.get("/api/v1/views/processes/nodes/process~web~9~boot-9").statusCode())
        .isEqualTo(404);
    assertThat(client.get("/api/v1/views/processes/edges/" + APP + "!" + NGINX).statusCode())
        .isEqualTo(404);
    assertThat(client.get("/api/v1/views/processes/nodes/nonsense").statusCode()).isEqualTo(400);
    assertThat(client.get("/api/v1/views/processes/edges/" + APP).statusCode()).isEqualTo(400);
    assertThat(client.get("/api/v1/views/nothing/nodes/" + APP).statusCode()).isEqualTo(404);
  }
}
