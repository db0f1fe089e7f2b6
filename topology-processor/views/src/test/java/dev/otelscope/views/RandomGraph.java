package dev.otelscope.views;

import dev.otelscope.model.AttributeNames;
import dev.otelscope.model.AttributeValue;
import dev.otelscope.model.EdgeKey;
import dev.otelscope.model.Entity;
import dev.otelscope.model.EntityId;
import dev.otelscope.model.GraphSnapshot;
import dev.otelscope.model.MetricNames;
import dev.otelscope.model.Pairing;
import dev.otelscope.model.Traffic;
import dev.otelscope.model.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A small world that changes at random, in every way that a graph can: few names, ports and
/// addresses, so that things meet.
final class RandomGraph {
  private static final List<String> HOSTS = List.of("h1", "h2", "h3");
  private static final List<String> NAMES = List.of("nginx", "postgres", "app", "otelcol", "beyla");
  private static final List<String> NETWORKS =
      List.of("10.0.0.0/8", "192.0.2.0/24", "203.0.113.0/24", "2001:db8::/32");
  private static final List<String> ADDRESSES =
      List.of(
          "10.0.0.7", "192.0.2.1", "192.0.2.2", "203.0.113.9", "2001:db8::5", "169.254.169.254");

  private static final List<String> CONTAINERS = List.of("c1", "c2", "c3", "c4");
  private static final List<String> IMAGES =
      List.of("shop/cart:1", "shop/cart:2", "postgres", "otel/otelcol:1", "pause:3.9", "");
  private static final List<String> PODS = List.of("pod-1", "pod-2", "");
  private static final List<String> STATES = List.of("running", "paused", "exited");

  private final Random random;
  private final TestGraph graph = new TestGraph();

  RandomGraph(long seed) {
    random = new Random(seed);
  }

  /// The world some changes later.
  GraphSnapshot next() {
    for (int changes = random.nextInt(1, 12); changes > 0; changes--) {
      change();
    }
    return graph.snapshot();
  }

  TestGraph graph() {
    return graph;
  }

  private void change() {
    switch (random.nextInt(16)) {
      case 0 -> graph.addHost(any(HOSTS), "name-" + random.nextInt(3), any(NETWORKS));
      case 1 -> graph.remove(TestGraph.host(any(HOSTS)));
      case 2, 3 -> graph.addProcess(any(HOSTS), random.nextInt(6), any(NAMES));
      case 4 -> measure();
      case 5 -> removeSomething();
      case 6 -> disconnect();
      case 7 -> graph.put(anyEnd(), Map.of(AttributeNames.HOST_NAME, AttributeValue.of("odd")));
      case 8 -> addContainer();
      case 9 -> graph.remove(TestGraph.container(any(CONTAINERS)));
      case 10 ->
          graph.addProcessIn(
              TestGraph.container(any(CONTAINERS)), any(HOSTS), random.nextInt(6), any(NAMES));
      case 11 -> changeState();
      case 12 -> graph.addName(any(ADDRESSES), any(List.of("", "api.example", "www.example")));
      default -> connect();
    }
  }

  private void addContainer() {
    String pod = any(PODS);
    graph.addContainer(
        any(HOSTS),
        any(CONTAINERS),
        AttributeNames.CONTAINER_NAME,
        "name-" + random.nextInt(3),
        AttributeNames.CONTAINER_IMAGE_NAME,
        any(IMAGES),
        AttributeNames.K8S_POD_UID,
        pod,
        AttributeNames.K8S_NAMESPACE_NAME,
        pod.isEmpty() || random.nextBoolean() ? "" : "kube-system");
  }

  private void changeState() {
    EntityId container = TestGraph.container(any(CONTAINERS));
    if (graph.entities().containsKey(container)) {
      graph.state(container, any(STATES));
    }
  }

  private void connect() {
    EdgeKey key =
        new EdgeKey(
            anyEnd(),
            anyEnd(),
            random.nextBoolean() ? Transport.TCP : Transport.UDP,
            random.nextInt(3));
    graph.put(
        TestGraph.edge(
            key,
            random.nextInt(4),
            anyTraffic(),
            anyTraffic(),
            random.nextInt(3) == 0 ? Double.NaN : random.nextDouble(),
            any(List.of(Pairing.values())),
            random.nextBoolean() ? "probe" : "span"));
  }

  private Traffic anyTraffic() {
    return new Traffic(
        random.nextDouble(),
        random.nextInt(3),
        random.nextDouble(),
        random.nextDouble() * 1e9,
        random.nextDouble() * 1e-3,
        random.nextInt(5));
  }

  private EntityId anyEnd() {
    return switch (random.nextInt(9)) {
      case 0, 1, 2, 3 -> TestGraph.process(any(HOSTS), random.nextInt(6));
      case 4, 5 -> TestGraph.address(any(ADDRESSES));
      case 6 -> TestGraph.unattributed(any(HOSTS));
      case 7 -> TestGraph.container(any(CONTAINERS));
      default -> random.nextBoolean() ? TestGraph.host(any(HOSTS)) : EntityId.of("queue", "q");
    };
  }

  private void measure() {
    List<EntityId> all = new ArrayList<>(graph.entities().keySet());
    if (!all.isEmpty()) {
      EntityId id = any(all.stream().sorted().toList());
      graph.measure(id, MetricNames.PROCESS_CPU_TIME, 1, random.nextDouble());
      graph.measure(id, MetricNames.PROCESS_MEMORY_USAGE, random.nextInt(1000), Double.NaN);
    }
  }

  private void disconnect() {
    List<EdgeKey> all = graph.edges().keySet().stream().sorted().toList();
    if (!all.isEmpty()) {
      graph.disconnect(any(all));
    }
  }

  private void removeSomething() {
    List<EntityId> all = graph.entities().values().stream().map(Entity::id).sorted().toList();
    if (!all.isEmpty()) {
      graph.remove(any(all));
    }
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
