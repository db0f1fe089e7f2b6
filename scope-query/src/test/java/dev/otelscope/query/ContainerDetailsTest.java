package dev.otelscope.query;

import static dev.otelscope.query.kit.TestClient.parse;
import static dev.otelscope.query.kit.TestClient.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.GraphPublisher;
import dev.otelscope.model.Measurement;
import dev.otelscope.model.MetricNames;
import dev.otelscope.query.kit.TestClient;
import dev.otelscope.query.kit.TestWorld;
import java.net.BindException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class ContainerDetailsTest {
  private final GraphPublisher graph = new GraphPublisher();
  private QueryServer server;
  private TestClient client;

  @BeforeAll
  void start() throws BindException {
    TestWorld world = TestWorld.shop(graph, "k3x9");
    EntityId cart = inPod(world, "c1", "cart");
    inPod(world, "c2", "proxy");
    EntityId alone = world.container("web", "c3", Map.of(AttributeNames.CONTAINER_NAME, "/queue"));
    EntityId app = world.processIn(cart, "web", 700);
    world.connect(TestWorld.process("web", 100), app, 8080, 1);
    world.connect(app, world.processIn(alone, "web", 701), 9092, 1);
    world.measure(cart, MetricNames.CONTAINER_CPU_TIME, 1, 0.5);
    world.measure(cart, MetricNames.CONTAINER_CPU_LIMIT, 2, Double.NaN);
    world.measure(cart, MetricNames.CONTAINER_MEMORY_USAGE, 1000, Double.NaN);
    world.measure(cart, MetricNames.CONTAINER_MEMORY_LIMIT, 4000, Double.NaN);
    world.measure(
        cart,
        new Measurement(
            MetricNames.CONTAINER_STATE,
            Map.of(AttributeNames.STATE, "paused"),
            "1",
            1,
            Double.NaN,
            TestWorld.START));
    world.publish();
    server = QueryServer.start(QueryConfig.DEFAULTS.withPort(0), graph);
    client = new TestClient(server.uri());
  }

  private static EntityId inPod(TestWorld world, String id, String name) {
    return world.container(
        "web",
        id,
        Map.of(
            AttributeNames.K8S_CONTAINER_NAME, name,
            AttributeNames.CONTAINER_IMAGE_NAME, "shop/" + name + ":1",
            AttributeNames.K8S_POD_UID, "5d4c",
            AttributeNames.K8S_POD_NAME, "cart-0",
            AttributeNames.K8S_NAMESPACE_NAME, "shop"));
  }

  @AfterAll
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void aContainerShowsWhatItIsHowItIsAndWhatItMayUse() {
    JsonNode details = client.json("/api/v1/views/containers/nodes/container~c1");

    assertThat(texts(details.path("groups"), "label")).containsExactly("Container", "Kubernetes");
    assertThat(texts(details.path("groups").get(0).path("rows"), "label"))
        .containsExactly("Image", "State");
    assertThat(texts(details.path("groups").get(0).path("rows"), "value"))
        .containsExactly("shop/cart:1", "paused");
    assertThat(texts(details.path("measurements"), "label")).containsExactly("CPU", "Memory");
    assertThat(texts(details.path("measurements"), "limit")).containsExactly("2.0", "4000.0");
  }

  @Test
  void linksLeadFromTheHostToThePodItsContainersAndTheirProcesses() {
    assertThat(children("hosts", "host~web"))
        .isEqualTo(
            "Pods: cart-0; Containers: cart, proxy, queue; Processes: app, app, app, cron, "
                + "nginx, otelcol; ");
    assertThat(children("pods", "k8s.pod~5d4c"))
        .isEqualTo("Containers: cart, proxy; Processes: app; ");
    assertThat(children("containers", "container~c1")).isEqualTo("Processes: app; ");
    assertThat(children("containers-by-image", "group~containers-by-image~shop=2Fcart"))
        .isEqualTo("Containers: cart; ");
    assertThat(children("processes", "process~web~700~boot-700")).isEmpty();
  }

  @Test
  void linksLeadFromAProcessToItsContainerPodAndHost() {
    JsonNode parents =
        client.json("/api/v1/views/processes/nodes/process~web~700~boot-700").path("parents");

    assertThat(texts(parents, "view"))
        .containsExactly("containers", "pods", "hosts", "processes-by-name");
    assertThat(texts(parents, "label")).containsExactly("cart", "cart-0", "shop-1", "app");
  }

  @Test
  void whatIsOutsideShowsItsProcesses() {
    assertThat(children("containers", "pseudo~uncontained~web")).contains("Processes: app, nginx");
    assertThat(children("pods", "pseudo~unmanaged~web")).contains("Processes: app, app, nginx");
  }

  @Test
  void aPodOfSeveralContainersShowsWhatTheyHaveInCommon() {
    JsonNode groups = client.json("/api/v1/views/pods/nodes/k8s.pod~5d4c").path("groups");

    assertThat(groups).hasSize(1);
    assertThat(groups.get(0).path("rows").get(0))
        .isEqualTo(parse("{\"key\":\"k8s.pod.name\",\"label\":\"Pod\",\"value\":\"cart-0\"}"));
  }

  private String children(String view, String node) {
    StringBuilder text = new StringBuilder();
    for (JsonNode kind : client.json("/api/v1/views/" + view + "/nodes/" + node).path("children")) {
      text.append(kind.path("label").asText())
          .append(": ")
          .append(String.join(", ", texts(kind.path("items"), "label")))
          .append("; ");
    }
    return text.toString();
  }
}
