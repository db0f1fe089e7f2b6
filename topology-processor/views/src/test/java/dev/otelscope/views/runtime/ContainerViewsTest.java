package dev.otelscope.views.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.GraphDelta;
import dev.otelscope.model.GraphSnapshot;
import dev.otelscope.model.MetricNames;
import dev.otelscope.views.EdgeId;
import dev.otelscope.views.ExternalService;
import dev.otelscope.views.Outside;
import dev.otelscope.views.Ref;
import dev.otelscope.views.Selector;
import dev.otelscope.views.TestGraph;
import dev.otelscope.views.ViewDefinition;
import dev.otelscope.views.ViewNode;
import dev.otelscope.views.ViewOption;
import dev.otelscope.views.ViewSnapshot;
import dev.otelscope.views.ViewState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerViewsTest {
  private static final String NAME = AttributeNames.CONTAINER_NAME;
  private static final String IMAGE = AttributeNames.CONTAINER_IMAGE_NAME;
  private static final Map<ViewOption, String> EVERYTHING =
      Map.of(
          ViewOption.UNCONNECTED, "show",
          ViewOption.STOPPED, "show",
          ViewOption.SYSTEM, "show");

  private final TestGraph graph = new TestGraph();

  private ViewState state(ViewDefinition view) {
    ViewState state = new ViewState(view, new Outside(ExternalService.DEFAULTS));
    GraphSnapshot snapshot = graph.snapshot();
    state.apply(GraphDelta.between(GraphSnapshot.EMPTY, snapshot), snapshot);
    return state;
  }

  private ViewSnapshot show(ViewDefinition view) {
    return show(view, Map.of());
  }

  private ViewSnapshot show(ViewDefinition view, Map<ViewOption, String> choices) {
    return state(view).select(Selector.of(view, choices, "", 1000)).snapshot();
  }

  private static List<String> edges(ViewSnapshot view) {
    return view.edges().keySet().stream().map(edge -> name(view, edge)).sorted().toList();
  }

  private static String name(ViewSnapshot view, EdgeId edge) {
    return name(node(view, edge.source())) + " -> " + name(node(view, edge.target()));
  }

  private static ViewNode node(ViewSnapshot view, EntityId id) {
    return Optional.ofNullable(view.nodes().get(id)).orElseThrow();
  }

  private static String name(ViewNode node) {
    return node.sublabel().isEmpty() ? node.label() : node.label() + " (" + node.sublabel() + ")";
  }

  private static List<String> names(ViewSnapshot view) {
    return view.nodes().values().stream().map(ContainerViewsTest::name).sorted().toList();
  }

  /// Two containers of one image with one host name on the server's host, a client's container on
  /// another, and a process outside of containers that goes out to the Internet.
  private void clientAndServers() {
    graph.addHost("c", "client.host");
    graph.addHost("s", "server.host");
    String hostname = AttributeNames.CONTAINER_HOSTNAME;
    EntityId client =
        graph.addContainer("c", "a1b2", NAME, "client", IMAGE, "image/client", hostname, "client");
    EntityId server =
        graph.addContainer(
            "s", "5e4d", NAME, "/server", IMAGE, "image/server:1", hostname, "server");
    graph.addContainer("s", "1a1d", NAME, "spare", IMAGE, "image/server:2", hostname, "server");
    EntityId apache = graph.addProcessIn(server, "s", 215, "apache");
    graph.connect(graph.addProcessIn(client, "c", 10001, "curl"), apache, 80);
    graph.connect(graph.addProcessIn(client, "c", 30020, "curl"), apache, 80);
    graph.connect(TestGraph.address("51.52.53.54"), apache, 80);
    graph.connect(graph.addProcess("s", 1234, "bash"), TestGraph.address("8.8.8.8"), 80);
  }

  @Test
  void containersTalkThroughTheirProcessesAndWhatIsInNoneIsOneNodePerHost() {
    clientAndServers();

    assertThat(edges(show(new ContainersView())))
        .containsExactly(
            "Internet (inbound) -> server (server.host)",
            "Uncontained (server.host) -> Internet (outbound)",
            "client (client.host) -> server (server.host)");
    assertThat(show(new ContainersView()).nodes())
        .containsKey(EntityId.parse("pseudo~uncontained~s"));
    assertThat(show(new ContainersView()).hidden()).containsEntry("unconnected", 1);
    assertThat(edges(show(new ContainersView(), Map.of(ViewOption.PSEUDO, "hide"))))
        .containsExactly(
            "Internet (inbound) -> server (server.host)",
            "client (client.host) -> server (server.host)");
  }

  @Test
  void containersOfOneImageOrOneHostNameAreOneNode() {
    clientAndServers();
    ViewSnapshot byImage = show(new ContainersByImageView());

    assertThat(edges(byImage))
        .containsExactly(
            "Internet (inbound) -> server (2 containers)",
            "Uncontained (server.host) -> Internet (outbound)",
            "client (1 container) -> server (2 containers)");
    assertThat(byImage.nodes())
        .containsKey(EntityId.parse("group~containers-by-image~image=2Fserver"));
    assertThat(edges(show(new ContainersByHostnameView()))).isEqualTo(edges(byImage));
  }

  @Test
  void aPodIsMadeOfWhatItsContainersSay() {
    graph.addHost("n", "node-1");
    EntityId cart = inPod(graph, "c1", "cart", "shop/cart");
    EntityId sidecar = inPod(graph, "c2", "proxy", "mesh/proxy");
    inPod(graph, "c3", "", "registry.k8s.io/pause:3.9");
    EntityId app = graph.addProcessIn(cart, "n", 1, "app");
    graph.connect(graph.addProcess("n", 9, "curl"), graph.addProcessIn(sidecar, "n", 2, "px"), 80);
    graph.connect(TestGraph.process("n", 2), app, 8080);
    ViewSnapshot pods = show(new PodsView());

    assertThat(edges(pods)).containsExactly("Unmanaged (node-1) -> cart-5d4c (shop)");
    ViewNode pod = node(pods, EntityId.parse("k8s.pod~uid-1"));
    assertThat(pod.count()).isEqualTo(1);
    assertThat(pod.group()).isEqualTo("shop");
    assertThat(pod.selfEdge()).isTrue();
    assertThat(pod.parents()).extracting(Ref::label).containsExactly("node-1");
    assertThat(edges(show(new ContainersView())))
        .containsExactly(
            "Uncontained (node-1) -> proxy (node-1)", "proxy (node-1) -> cart (node-1)");
    assertThat(names(show(new ContainersView(), EVERYTHING))).contains("c3 (node-1)");
    assertThat(show(new ContainersView()).hidden()).containsEntry("system", 1);
  }

  private static EntityId inPod(TestGraph graph, String id, String name, String image) {
    return graph.addContainer(
        "n",
        id,
        AttributeNames.K8S_CONTAINER_NAME,
        name,
        IMAGE,
        image,
        AttributeNames.K8S_POD_UID,
        "uid-1",
        AttributeNames.K8S_POD_NAME,
        "cart-5d4c",
        AttributeNames.K8S_NAMESPACE_NAME,
        "shop");
  }

  @Test
  void aProcessIsLinkedToItsContainerItsPodAndItsHost() {
    graph.addHost("n", "node-1");
    EntityId cart = inPod(graph, "c1", "cart", "shop/cart");
    EntityId app = graph.addProcessIn(cart, "n", 1, "app");

    assertThat(parents(state(new ProcessesView()).node(app).orElseThrow()))
        .containsExactly(
            "containers cart", "pods cart-5d4c", "hosts node-1", "processes-by-name app");
    assertThat(parents(node(show(new ContainersView(), EVERYTHING), cart)))
        .containsExactly(
            "pods cart-5d4c",
            "hosts node-1",
            "containers-by-image cart",
            "containers-by-hostname cart-5d4c");
  }

  private static List<String> parents(ViewNode node) {
    return node.parents().stream().map(parent -> parent.view() + " " + parent.label()).toList();
  }

  @Test
  void aContainerThatHasNotSpokenIsKnownByItsProcesses() {
    graph.addHost("h", "shop-1");
    EntityId container = TestGraph.container("5e4d3c2b1a0987654321");
    EntityId app = graph.addProcessIn(container, "h", 1, "app");
    EntityId other = graph.addProcessIn(container, "h", 2, "app");
    graph.connect(graph.addProcess("h", 9, "curl"), app, 80);
    graph.connect(graph.addProcess("h", 9, "curl"), other, 80);
    graph.measure(app, MetricNames.PROCESS_CPU_TIME, 1, 0.25);
    ViewState followed = state(new ContainersView());
    ViewNode before = followed.node(container).orElseThrow();

    assertThat(name(before)).isEqualTo("5e4d3c2b1a09 (shop-1)");
    assertThat(before.count()).isEqualTo(1);
    assertThat(before.metrics()).containsEntry("cpu", 0.25);

    graph.addContainer("h", "5e4d3c2b1a0987654321", NAME, "cart");
    graph.measure(container, MetricNames.CONTAINER_CPU_TIME, 1, 0.5);
    GraphSnapshot next = graph.snapshot();
    followed.apply(GraphDelta.between(followed.graph(), next), next);
    ViewNode after = followed.node(container).orElseThrow();
    assertThat(name(after)).isEqualTo("cart (shop-1)");
    assertThat(after.metrics()).containsEntry("cpu", 0.5);
  }

  @Test
  void whatDoesNotRunIsHiddenOnceItHasNoConnectionsAnyMore() {
    graph.addHost("h", "shop-1");
    EntityId job = graph.addContainer("h", "c1", NAME, "job");
    EntityId paused = graph.addContainer("h", "c2", NAME, "paused");
    EntityId app = graph.addProcess("h", 9, "app");
    var key = graph.connect(graph.addProcessIn(job, "h", 1, "job"), app, 80);
    graph.state(job, "running");
    graph.state(job, "exited");
    graph.state(paused, "paused");

    assertThat(names(show(new ContainersView())))
        .containsExactly("Uncontained (shop-1)", "job (shop-1)");
    assertThat(node(show(new ContainersView()), job).state()).isEqualTo("exited");

    graph.disconnect(key);
    ViewSnapshot byDefault = show(new ContainersView());
    assertThat(byDefault.nodes()).isEmpty();
    assertThat(byDefault.hidden())
        .containsEntry("stopped", 1)
        .containsEntry("unconnected", 1)
        .containsEntry("system", 0);
    assertThat(names(show(new ContainersView(), Map.of(ViewOption.STOPPED, "show"))))
        .containsExactly("job (shop-1)");
    assertThat(names(show(new ContainersView(), Map.of(ViewOption.UNCONNECTED, "show"))))
        .containsExactly("paused (shop-1)");

    graph.state(job, "running");
    assertThat(show(new ContainersView()).hidden()).containsEntry("stopped", 0);
  }

  @Test
  void aViewOfContainersWithoutContainersHasNothingOfItsOwn() {
    graph.addHost("h", "shop-1");
    graph.connect(graph.addProcess("h", 1, "curl"), TestGraph.address("8.8.8.8"), 80);

    assertThat(state(new ContainersView()).hasOwnNodes()).isFalse();
    assertThat(state(new PodsView()).hasOwnNodes()).isFalse();
    assertThat(state(new ProcessesView()).hasOwnNodes()).isTrue();

    graph.addContainer("h", "c1");
    assertThat(state(new ContainersView()).hasOwnNodes()).isTrue();
    assertThat(state(new PodsView()).hasOwnNodes()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "otel/opentelemetry-collector-contrib:0.140.0",
    "prom/node-exporter",
    "datadog/agent:7",
    "gcr.io/cadvisor/cadvisor@sha256:5d4c",
    "rancher/mirrored-pause:3.6",
    "otelscope:dev",
  })
  void containersThatObserveOrRunTheMachineAreSystem(String image) {
    graph.addContainer("h", "c1", IMAGE, image);
    graph.addContainer("h", "c2", IMAGE, "shop/agent");
    graph.addContainer("h", "c3", AttributeNames.K8S_NAMESPACE_NAME, "kube-system");

    assertThat(show(new ContainersView()).hidden())
        .containsEntry("system", 2)
        .containsEntry("unconnected", 1);
  }

  @ParameterizedTest
  @CsvSource({
    "container.name, /shop-cart-1, shop-cart-1",
    "container.name, k8s_cart_cart-5d4c_shop_01ab-23cd_0, cart",
    "container.name, k8s_style, k8s_style",
    "k8s.container.name, cart, cart",
    "container.label.com.amazonaws.ecs.container-name, cart, cart",
    "container.image.name, shop/cart, 0123456789ab",
  })
  void aContainerIsCalledAsPeopleCallIt(String attribute, String value, String name) {
    EntityId id = graph.addContainer("h", "0123456789abcdef", attribute, value);

    assertThat(node(show(new ContainersView(), EVERYTHING), id).label()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "postgres:17, postgres, postgres",
    "registry.example:5000/shop/cart:1.2, registry.example:5000/shop/cart, cart",
    "registry.example:5000/shop/cart, registry.example:5000/shop/cart, cart",
    "ghcr.io/shop/cart:1@sha256:5d4c, ghcr.io/shop/cart, cart",
    "'', '', image not known",
  })
  void anImageIsTheSameInWhateverVersion(String said, String repository, String label) {
    graph.addContainer("h", "c1", IMAGE, said);
    ViewSnapshot view = show(new ContainersByImageView(), EVERYTHING);

    assertThat(node(view, EntityId.of("group", "containers-by-image", repository)).label())
        .isEqualTo(label);
  }
}
