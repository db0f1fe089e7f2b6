package dev.otelscope.query;

import static dev.otelscope.query.kit.TestClient.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.otelscope.model.GraphPublisher;
import dev.otelscope.query.kit.EventReader;
import dev.otelscope.query.kit.TestClient;
import dev.otelscope.query.kit.TestWorld;
import dev.otelscope.serving.ListenAddress;
import java.net.BindException;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryServerTest {
  private final GraphPublisher graph = new GraphPublisher();
  private final AtomicBoolean connected = new AtomicBoolean();
  private QueryServer server;
  private TestClient client;

  @BeforeEach
  void start() throws BindException {
    server = QueryServer.start(QueryConfig.DEFAULTS.withPort(0), graph, connected::get);
    client = new TestClient(server.uri());
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void isHealthyAtOnceAndReadyWhenTheGraphHasAnswered() {
    assertThat(client.get("/healthz").statusCode()).isEqualTo(200);
    assertThat(client.get("/readyz").statusCode()).isEqualTo(503);
    connected.set(true);
    assertThat(client.get("/readyz").statusCode()).isEqualTo(200);
  }

  @Test
  void beforeAnythingIsKnownTheViewsAreListedAndEmpty() {
    JsonNode views = client.json("/api/v1/views").path("views");
    assertThat(texts(views, "id")).containsExactly("processes", "processes-by-name", "hosts");
    assertThat(views)
        .allSatisfy(view -> assertThat(view.path("stats").path("nodes").asInt()).isZero());
    assertThat(client.json("/api/v1/views/processes").path("nodes")).isEmpty();
  }

  @Test
  void onceSomethingIsKnownAViewWithoutItIsNotListed() {
    TestWorld world = new TestWorld(graph, "k3x9");
    world.host("web", "shop-1");
    world.publish();
    assertThat(texts(client.json("/api/v1/views").path("views"), "id")).containsExactly("hosts");
  }

  @Test
  void everyAnswerTellsTheBrowserWhatThePageMayDo() {
    for (String path : new String[] {"/", "/api/v1/views", "/nothing", "/healthz"}) {
      HttpResponse<String> response = client.get(path);
      assertThat(response.headers().firstValue("content-security-policy").orElse(""))
          .as(path)
          .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'");
      assertThat(response.headers().firstValue("x-content-type-options")).hasValue("nosniff");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/assets/nothing.js", "/processes", "/../pom.xml"})
  void whatIsNoFileOfThePageIsNotFound(String path) {
    assertThat(client.get(path).statusCode()).isIn(404, 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example", "evil.example:4040", "10.0.0.1", "127.0.0.1.evil.example"})
  void aNameThatIsNotOfThisMachineIsRefused(String host) {
    assertThatThrownBy(
            () -> {
              try (EventReader reader =
                  EventReader.as(host, server.uri(), "/api/v1/views/hosts/stream")) {
                reader.next();
              }
            })
        .hasMessageContaining(" 403 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "localhost:4040", "127.0.0.1:1", "[::1]:4040", "map.localhost"})
  void namesOfThisMachineAreWelcome(String host) {
    connected.set(true);
    TestWorld.shop(graph, "k3x9").publish();
    try (EventReader reader = EventReader.as(host, server.uri(), "/api/v1/views/hosts/stream")) {
      assertThat(reader.next().name()).isIn("snapshot", "status");
    }
  }

  @Test
  void pagesOfOthersAreRefused() {
    assertThat(client.get("/api/v1/views", "Origin", "https://evil.example").statusCode())
        .isEqualTo(403);
    assertThat(client.get("/api/v1/views", "Origin", "null").statusCode()).isEqualTo(403);
    assertThat(client.get("/api/v1/views", "Origin", server.uri().toString()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void aTakenPortIsSaidInOneSentence() {
    int port = server.uri().getPort();
    assertThatThrownBy(() -> QueryServer.start(QueryConfig.DEFAULTS.withPort(port), graph))
        .isInstanceOf(BindException.class)
        .hasMessageContaining("port " + port)
        .hasMessageContaining("--port")
        .hasMessageNotContaining("\n");
  }

  @Test
  void whoMeansItCanListenEverywhere() throws BindException {
    QueryConfig config =
        QueryConfig.DEFAULTS.withHost(ListenAddress.parse("0.0.0.0", true)).withPort(0);
    try (QueryServer open = QueryServer.start(config, graph);
        EventReader reader =
            EventReader.as("map.example", open.uri(), "/api/v1/views/hosts/stream")) {
      assertThat(open.uri().getHost()).isEqualTo("127.0.0.1");
      assertThat(reader.next().name()).isEqualTo("snapshot");
    }
  }
}
