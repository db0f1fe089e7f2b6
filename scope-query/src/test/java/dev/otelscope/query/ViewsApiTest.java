package dev.otelscope.query;

import static dev.otelscope.query.kit.TestClient.parse;
import static dev.otelscope.query.kit.TestClient.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.GraphPublisher;
import dev.otelscope.query.kit.TestClient;
import dev.otelscope.query.kit.TestWorld;
import java.net.BindException;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViewsApiTest {
  private final GraphPublisher graph = new GraphPublisher();
  private final TestWorld world = TestWorld.shop(graph, "k3x9");
  private QueryServer server;
  private TestClient client;

  @BeforeEach
  void start() throws BindException {
    world.publish();
    server = QueryServer.start(QueryConfig.DEFAULTS.withPort(0), graph);
    client = new TestClient(server.uri());
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void listsTheViewsWithWhatTheyShowByDefault() {
    JsonNode answer = client.json("/api/v1/views");

    assertThat(answer.path("revision").asText()).isEqualTo("k3x9:1");
    assertThat(texts(answer.path("views"), "id"))
        .containsExactly("processes", "processes-by-name", "hosts");
    JsonNode processes = answer.path("views").get(0);
    assertThat(processes.path("stats")).isEqualTo(parse("{\"nodes\":5,\"edges\":4,\"hidden\":2}"));
    assertThat(processes.path("parent").isNull()).isTrue();
    assertThat(processes.path("group").asText()).isEqualTo("runtime");
    assertThat(texts(processes.path("options"), "id"))
        .containsExactly("unconnected", "system", "pseudo");
    assertThat(processes.path("options").get(0))
        .isEqualTo(
            parse(
                """
                {"id":"unconnected","label":"Unconnected","kind":"one","default":"hide",
                 "values":[{"value":"hide","label":"Hidden"},{"value":"show","label":"Shown"}]}\
                """));
    assertThat(answer.path("views").get(1).path("parent").asText()).isEqualTo("processes");
  }

  @Test
  void viewsOfContainersAndPodsAreListedAsSoonAsThereAreAny() {
    EntityId cart = world.container("web", "c1", Map.of("k8s.pod.uid", "5d4c"));
    world.connect(world.processIn(cart, "web", 700), TestWorld.process("web", 200), 80, 1);
    world.publish();

    assertThat(texts(client.json("/api/v1/views").path("views"), "id"))
        .containsExactly(
            "processes",
            "processes-by-name",
            "containers",
            "containers-by-image",
            "containers-by-hostname",
            "pods",
            "hosts");
    assertThat(labels("containers")).contains("c1", "Uncontained");
    assertThat(labels("pods")).contains("pod 5d4c", "Unmanaged");
  }

  @Test
  void showsWhoTalksToWhom() {
    JsonNode view = client.json("/api/v1/views/processes");

    assertThat(view.path("view").asText()).isEqualTo("processes");
    assertThat(view.path("revision").asText()).isEqualTo("k3x9:1");
    assertThat(view.path("time").asText()).isEqualTo("2026-11-22T14:00:01Z");
    assertThat(view.path("stale").isBoolean()).isTrue();
    assertThat(texts(view.path("nodes"), "label"))
        .containsExactlyInAnyOrder("nginx", "app", "postgres", "Internet", "10.9.9.9");
    assertThat(texts(view.path("edges"), "id"))
        .containsExactlyInAnyOrder(
            "process~web~100~boot-100!process~web~200~boot-200",
            "process~web~200~boot-200!process~db~300~boot-300",
            "pseudo~internet-in!process~web~100~boot-100",
            "process~web~200~boot-200!pseudo~unknown~address=7Eglobal=7E10.9.9.9");
    assertThat(view.path("hidden"))
        .isEqualTo(parse("{\"unconnected\":1,\"system\":1,\"pseudo\":0,\"limit\":0}"));
  }

  @Test
  void nodesAndEdgesHaveTheDocumentedFields() {
    JsonNode view = client.json("/api/v1/views/processes?q=nginx");

    assertThat(view.path("nodes").get(0))
        .isEqualTo(
            parse(
                """
                {"id":"process~web~100~boot-100","label":"nginx","sublabel":"shop-1:100",
                 "kind":"process","count":1,"group":"shop-1","state":"running","rank":"nginx",
                 "attributes":{"process.command_line":"nginx: worker process",
                   "process.executable.name":"nginx","process.pid":"100"},
                 "metrics":{},"parents":[{"view":"hosts","id":"host~web","label":"shop-1"},
                   {"view":"processes-by-name","id":"group~processes-by-name~nginx","label":"nginx"}],
                 "selfEdge":false,"pseudo":false,"stale":false}\
                """));
    assertThat(client.json("/api/v1/views/processes?q=app").path("edges").get(0))
        .isEqualTo(
            parse(
                """
                {"id":"process~web~200~boot-200!process~db~300~boot-300",
                 "source":"process~web~200~boot-200","target":"process~db~300~boot-300",
                 "ports":[5432],"transport":"tcp","protocol":"",
                 "connections":{"active":2,"opened":0.0,"failed":0.0,"reset":0.0},
                 "bytes":{"sent":0.0,"received":0.0},"rtt":0.001,
                 "totals":{"opened":2.0,"failed":0.0,"reset":0.0,"bytesSent":1000.0,
                   "bytesReceived":500.0,"retransmits":0.0},
                 "pairing":"exact","sources":["probe"],"stale":false}\
                """));
  }

  @Test
  void optionsChangeWhatIsShown() {
    assertThat(labels("processes?unconnected=show")).contains("cron");
    assertThat(labels("processes?system=show")).contains("otelcol");
    assertThat(labels("processes?pseudo=hide")).contains("Internet").doesNotContain("10.9.9.9");
    assertThat(labels("processes?limit=1")).containsExactly("app");
    assertThat(client.json("/api/v1/views/processes?limit=1").path("hidden").path("limit").asInt())
        .isEqualTo(4);
  }

  private java.util.List<String> labels(String path) {
    return texts(client.json("/api/v1/views/" + path).path("nodes"), "label");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/views/processes?system=maybe, 400, system, 'hide, show, only'",
    "/api/v1/views/processes?sistem=show, 400, sistem, 'unconnected, system, pseudo, q, limit'",
    "/api/v1/views/hosts?system=show, 400, system, 'pseudo, q, limit'",
    "/api/v1/views/processes?limit=0, 400, limit, '1 to 50000'",
    "/api/v1/views/processes?q=a&q=b, 400, q, once",
    "/api/v1/views?x=1, 400, x, 'no parameter'",
    "/api/v1/views/nothing, 404, '', 'processes, processes-by-name, containers, '",
    "/api/v1/nothing, 404, '', /api/v1/nothing",
    "/api/v2, 404, '', /api/v2",
  })
  void whatIsNotUnderstoodIsRefused(String path, int status, String parameter, String detail) {
    HttpResponse<String> response = client.get(path);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
    JsonNode problem = parse(response.body());
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("title").asText()).isNotBlank();
    assertThat(problem.path("detail").asText()).contains(detail);
    assertThat(problem.path("parameter").asText()).isEqualTo(parameter);
  }

  @Test
  void nothingCanBeWritten() {
    HttpResponse<String> response = client.send("POST", "/api/v1/views");

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(parse(response.body()).path("detail").asText()).contains("POST", "GET");
  }

  @Test
  void theSameRevisionIsNotSentTwice() {
    HttpResponse<String> first = client.get("/api/v1/views/processes");
    String tag = first.headers().firstValue("etag").orElseThrow();

    HttpResponse<String> second = client.get("/api/v1/views/processes", "If-None-Match", tag);
    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(second.body()).isEmpty();

    world.process("web", 600, "late", "late");
    world.connect(TestWorld.process("web", 600), TestWorld.process("web", 100), 80, 1);
    world.publish();
    HttpResponse<String> third = client.get("/api/v1/views/processes", "If-None-Match", tag);
    assertThat(third.statusCode()).isEqualTo(200);
    assertThat(third.headers().firstValue("etag")).isNotEqualTo(first.headers().firstValue("etag"));
  }

  @Test
  void largeAnswersAreCompressedForWhoCanReadThat() {
    HttpResponse<String> response =
        client.get("/api/v1/views/processes", "Accept-Encoding", "gzip");
    assertThat(response.headers().firstValue("content-encoding")).hasValue("gzip");
  }
}
