package dev.otelscope.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.otelscope.model.GraphPublisher;
import dev.otelscope.query.kit.EventReader;
import dev.otelscope.query.kit.TestClient;
import dev.otelscope.query.kit.TestWorld;
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
  void anEmptyGraphIsAnEmptyView() {
    assertThat(client.json("/api/v1/views").path("views")).isEmpty();
    assertThat(client.json("/api/v1/views/processes").path("nodes")).isEmpty();
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
      assertThat(reader.next().name()).isEqualTo("snapshot");
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

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
  void aWiderAddressIsRefusedUnlessInsecure(String host) {
    assertThatThrownBy(
            () -> QueryServer.start(QueryConfig.DEFAULTS.withHost(host).withPort(0), graph))
        .isInstanceOf(BindException.class)
        .hasMessageContaining("--insecure");
  }

  @Test
  void whoMeansItCanListenEverywhere() throws BindException {
    QueryConfig config = QueryConfig.DEFAULTS.withHost("0.0.0.0").withPort(0).withInsecure(true);
    try (QueryServer open = QueryServer.start(config, graph);
        EventReader reader =
            EventReader.as("map.example", open.uri(), "/api/v1/views/hosts/stream")) {
      assertThat(open.uri().getHost()).isEqualTo("127.0.0.1");
      assertThat(reader.next().name()).isEqualTo("snapshot");
    }
  }
}
