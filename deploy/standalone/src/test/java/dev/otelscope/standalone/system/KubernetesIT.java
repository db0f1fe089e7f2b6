package dev.otelscope.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.otelscope.standalone.kit.Api;
import dev.otelscope.standalone.kit.KubernetesNode;
import dev.otelscope.standalone.kit.KubernetesNode.Pod;
import dev.otelscope.standalone.kit.MapView;
import dev.otelscope.standalone.kit.Requires;
import dev.otelscope.standalone.kit.ScopeProcess;
import dev.otelscope.standalone.kit.ScopeProcess.Up;
import dev.otelscope.standalone.kit.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A real Kubernetes node, watched from outside of it: two services, one of which asks the other
/// once a second through its Service, by a process of its own each time; and two that never talk.
@Requires(
    value = {
      Tool.KUBERNETES,
      Tool.KUBECTL,
      Tool.CONTAINERD,
      Tool.RUNC,
      Tool.CNI,
      Tool.IPTABLES,
      Tool.CONNTRACK,
      Tool.BUSYBOX,
      Tool.SOCAT,
      Tool.OPENSSL,
      Tool.IP
    },
    root = true)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubernetesIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String EVERYTHING = "unconnected=show&system=show";
  private static final String PAIR =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: pair
      spec:
        terminationGracePeriodSeconds: 1
        containers:
          - name: answers
            image: otelscope.local/busybox:1
            imagePullPolicy: Never
            command: [sh, -c, "mkdir -p /www && hostname >/www/index.html && exec httpd -f -p 8080 -h /www"]
          - name: asks
            image: otelscope.local/busybox:1
            imagePullPolicy: Never
            command: [sh, -c, "while sleep 1; do timeout 2 wget -q -O - http://127.0.0.1:8080/; done"]
      """;

  private Path folder;
  private KubernetesNode node;
  private Up up;

  @BeforeAll
  void startNode(@TempDir Path own) {
    folder = own;
    node = KubernetesNode.start(folder.resolve("node"));
    up = ScopeProcess.up(folder, "--runtime-sockets=" + node.runtimeSocket());
    node.applyDemo("services.yaml");
    node.applyDemo("standalone.yaml");
  }

  @AfterAll
  void stopNode() {
    try {
      if (up != null) {
        up.close();
      }
    } finally {
      if (node != null) {
        node.close();
      }
    }
  }

  @Test
  void aServiceIsFollowedToThePodsContainersAndProcessesBehindIt() {
    eventually(() -> {
      Pod frontend = podsOf("services", "frontend").getFirst();
      List<Pod> backends = podsOf("services", "backend");
      assertThat(backends).hasSize(2);

      MapView pods = up.api().view("pods", "");
      assertThat(pods.node(podNode(frontend)))
          .hasValueSatisfying(shown -> {
            assertThat(shown.required("label").asText()).isEqualTo(frontend.name());
            assertThat(shown.required("sublabel").asText()).isEqualTo("services");
          });
      MapView containers = up.api().view("containers", "");
      assertThat(containers.node(containerNode(frontend)))
          .hasValueSatisfying(shown -> assertThat(label(shown)).isEqualTo("client"));
      for (Pod backend : backends) {
        assertThat(edges(pods)).contains(podNode(frontend) + "!" + podNode(backend));
        assertThat(edges(containers))
            .contains(containerNode(frontend) + "!" + containerNode(backend));
        assertThat(containers.node(containerNode(backend)))
            .hasValueSatisfying(shown -> assertThat(label(shown)).isEqualTo("httpd"));
      }
      assertThat(processEdges(frontend, backends)).isNotEmpty();
    });
    // What the frontend asks for is no end of anything, once the first connection has faded: that
    // may be over before anyone knows that the address is translated.
    eventually(() ->
        assertThat(up.api().view("processes", EVERYTHING).nodes().map(JsonNode::toString))
            .noneMatch(shown -> shown.contains("=7E10.96.")));
  }

  @Test
  void aContainerSaysWhatItsRuntimeKnowsOfIt() {
    eventually(() -> {
      Pod frontend = podsOf("services", "frontend").getFirst();

      assertThat(up.api().node("containers", containerNode(frontend)).toString())
          .contains(
              "\"" + frontend.uid() + "\"",
              "\"" + frontend.name() + "\"",
              "\"" + frontend.container() + "\"",
              "\"otelscope.local/busybox\"",
              "\"containerd\"",
              "\"services\"");
    });
  }

  /// They have the pod's addresses and its loopback in common.
  @Test
  void theContainersOfAPodAreToldApart() {
    node.apply("pair", PAIR);
    eventually(() -> {
      List<Pod> started = podsOf("default", "pair");
      assertThat(started).hasSize(1);
      Pod pair = started.getFirst();
      assertThat(pair.containers()).containsOnlyKeys("answers", "asks");
      String asks = "container~" + pair.containers().get("asks");
      String answers = "container~" + pair.containers().get("answers");
      MapView containers = up.api().view("containers", "");
      assertThat(edges(containers)).contains(asks + "!" + answers);
      assertThat(label(containers.node(asks).orElseThrow())).isEqualTo("asks");
      assertThat(label(containers.node(answers).orElseThrow())).isEqualTo("answers");
      assertThat(up.api().view("pods", EVERYTHING).node(podNode(pair)))
          .hasValueSatisfying(pod -> assertThat(pod.required("selfEdge").asBoolean()).isTrue());
    });
  }

  @Test
  void whoNeverTalksIsThereWithoutEdges() {
    eventually(() -> {
      List<Pod> silent = podsOf("standalone", "");
      assertThat(silent).hasSize(2);
      MapView pods = up.api().view("pods", EVERYTHING);
      for (Pod pod : silent) {
        assertThat(pods.node(podNode(pod)))
            .hasValueSatisfying(shown -> assertThat(label(shown)).isEqualTo(pod.name()));
        assertThat(edges(pods)).noneMatch(edge -> edge.contains(podNode(pod)));
      }
    });
  }

  @Test
  void aPodThatComesAndGoesIsSeenToComeAndGo() {
    String _ =
        node.kubectl(
            "run",
            "guest",
            "--image=otelscope.local/busybox:1",
            "--image-pull-policy=Never",
            "--grace-period=1",
            "--command",
            "--",
            "sleep",
            "3600");
    await().atMost(PATIENCE).until(() -> podsOf("default", "guest").size() == 1);
    long started = System.nanoTime();
    Pod guest = podsOf("default", "guest").getFirst();
    await().atMost(PATIENCE).until(() -> isShown(guest));
    print("a pod that was started is on the map", started);

    String _ = node.kubectl("delete", "pod", "guest", "--now");
    long deleted = System.nanoTime();
    await().atMost(PATIENCE).until(() -> !isShown(guest));
    print("a pod that was deleted is off the map", deleted);
  }

  @Test
  void withoutTheRuntimesSocketContainersAndPodsHaveTheirIds() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    try (Up alone = ScopeProcess.up(other, "--runtime-sockets=" + other.resolve("nobody.sock"))) {
      eventually(() -> {
        List<Pod> backends = podsOf("services", "backend");
        assertThat(backends).hasSize(2);
        Api api = alone.api();
        for (Pod backend : backends) {
          assertThat(api.view("pods", EVERYTHING).node(podNode(backend))).isPresent();
          assertThat(api.view("containers", EVERYTHING).node(containerNode(backend)))
              .hasValueSatisfying(
                  shown -> assertThat(backend.container()).startsWith(label(shown)));
        }
      });
    }
  }

  private List<Pod> podsOf(String namespace, String prefix) {
    return node.pods(namespace).stream().filter(pod -> pod.name().startsWith(prefix)).toList();
  }

  private boolean isShown(Pod pod) {
    return up.api().view("pods", EVERYTHING).node(podNode(pod)).isPresent();
  }

  /// Connections from a process of one pod to one of the others, to the port behind the Service.
  private List<JsonNode> processEdges(Pod client, List<Pod> servers) {
    MapView processes = up.api().view("processes", "");
    Set<String> clients = processesOf(processes, Stream.of(client));
    Set<String> listeners = processesOf(processes, servers.stream());
    return processes
        .edges()
        .filter(edge -> clients.contains(edge.required("source").asText()))
        .filter(edge -> listeners.contains(edge.required("target").asText()))
        .filter(edge -> edge.required("ports").path(0).asInt() == 8080)
        .toList();
  }

  /// The processes whose parents are the container and the pod.
  private static Set<String> processesOf(MapView processes, Stream<Pod> pods) {
    List<List<String>> wanted = pods.map(pod -> List.of(containerNode(pod), podNode(pod))).toList();
    return processes
        .nodes()
        .filter(shown -> {
          List<String> parents =
              shown
                  .required("parents")
                  .valueStream()
                  .map(parent -> parent.required("id").asText())
                  .toList();
          return wanted.stream().anyMatch(parents::containsAll);
        })
        .map(shown -> shown.required("id").asText())
        .collect(Collectors.toSet());
  }

  private static String podNode(Pod pod) {
    return "k8s.pod~" + pod.uid();
  }

  private static String containerNode(Pod pod) {
    return "container~" + pod.container();
  }

  private static String label(JsonNode shown) {
    return shown.required("label").asText();
  }

  private static List<String> edges(MapView view) {
    return view.edges().map(edge -> edge.required("id").asText()).toList();
  }

  private static void eventually(ThrowingRunnable assertion) {
    await().atMost(PATIENCE).untilAsserted(assertion);
  }

  private static void print(String what, long sinceNanos) {
    System.out.printf("%s after %d ms%n", what, (System.nanoTime() - sinceNanos) / 1_000_000);
  }
}
