package dev.otelscope.standalone;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.otelscope.query.QueryConfig;
import dev.otelscope.server.ProcessorConfig;
import dev.otelscope.serving.Port;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a probe says of containers, from the request to the views.
class ContainersOverOtlpTest {
  private static final String CONNECTION =
      """
      {"name":"otelscope.connection.active","unit":"{connection}","sum":{"aggregationTemporality":2,
       "dataPoints":[{"startTimeUnixNano":"START","timeUnixNano":"NOW","asInt":"1","attributes":[
        {"key":"otelscope.connection.role","value":{"stringValue":"client"}},
        {"key":"client.address","value":{"stringValue":"10.0.0.1"}},
        {"key":"server.address","value":{"stringValue":"10.9.9.9"}},
        {"key":"server.port","value":{"intValue":"5432"}},
        {"key":"network.transport","value":{"stringValue":"tcp"}},
        {"key":"network.type","value":{"stringValue":"ipv4"}},
        {"key":"otelscope.address.scope","value":{"stringValue":"global"}}]}]}}\
      """;

  private static final String STATE =
      """
      {"name":"otelscope.container.state","unit":"1","gauge":{"dataPoints":[
       {"timeUnixNano":"NOW","asInt":"1","attributes":[
        {"key":"otelscope.state","value":{"stringValue":"running"}}]}]}}\
      """;

  @Test
  void aContainerAndItsPodTalkThroughTheirProcess() throws IOException, InterruptedException {
    ProcessorConfig processor =
        ProcessorConfig.DEFAULTS.withPorts(Port.exactly(0), Port.exactly(0), Optional.empty());
    QueryConfig query = QueryConfig.DEFAULTS.withPort(0);
    try (Up up = Up.start(new Up.Config(processor, query, Optional.empty()));
        HttpClient client = HttpClient.newHttpClient()) {
      send(client, URI.create(up.whereabouts().otlpHttp()));

      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> {
            assertThat(get(client, up, "/api/v1/views/containers"))
                .contains(
                    "\"id\":\"container~5e4d!pseudo~unknown~address=7Eglobal=7E10.9.9.9\"",
                    "\"label\":\"cart\",\"sublabel\":\"h1\"");
            assertThat(get(client, up, "/api/v1/views/pods"))
                .contains("\"label\":\"cart-0\",\"sublabel\":\"shop\",\"kind\":\"pod\"");
          });
      assertThat(get(client, up, "/api/v1/views/processes/nodes/process~h1~7~boot-7"))
          .contains("\"view\":\"containers\",\"id\":\"container~5e4d\",\"label\":\"cart\"");
    }
  }

  private static void send(HttpClient client, URI receiver)
      throws IOException, InterruptedException {
    String process =
        resource(
            CONNECTION,
            "process",
            "process.pid=7",
            "otelscope.process.start=boot-7",
            "otelscope.network.namespace=1",
            "container.id=5e4d");
    String container =
        resource(
            STATE,
            "container",
            "container.id=5e4d",
            "k8s.container.name=cart",
            "k8s.pod.uid=uid-1",
            "k8s.pod.name=cart-0",
            "k8s.namespace.name=shop");
    long now = Instant.now().getEpochSecond();
    String body =
        ("{\"resourceMetrics\":[" + process + "," + container + "]}")
            .replace("START", (now - 1) + "000000000")
            .replace("NOW", now + "000000000");
    HttpRequest request =
        HttpRequest.newBuilder(receiver.resolve("/v1/metrics"))
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    assertThat(client.send(request, ofString()).statusCode()).isEqualTo(200);
  }

  private static String resource(String metric, String type, String... attributes) {
    StringBuilder text = new StringBuilder("{\"resource\":{\"attributes\":[");
    text.append(attribute("otelscope.entity.type", type)).append(',');
    text.append(attribute("otelscope.host.id", "h1"));
    for (String attribute : attributes) {
      int equals = attribute.indexOf('=');
      text.append(',')
          .append(attribute(attribute.substring(0, equals), attribute.substring(equals + 1)));
    }
    return text.append("]},\"scopeMetrics\":[{\"scope\":{\"name\":\"dev.otelscope.probe\"},")
        .append("\"metrics\":[")
        .append(metric)
        .append("]}]}")
        .toString();
  }

  private static String attribute(String key, String value) {
    return "{\"key\":\"%s\",\"value\":{\"stringValue\":\"%s\"}}".formatted(key, value);
  }

  private static String get(HttpClient client, Up up, String path)
      throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(up.url().resolve(path)).build(), ofString()).body();
  }
}
