package dev.otelscope.standalone.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.otelscope.standalone.testbed.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A Kubernetes with one node on which pods run, in namespaces of its own: etcd, API server,
/// controllers, containerd, kubelet, kube-proxy and cluster DNS.
public final class KubernetesNode implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// A pod, as Kubernetes knows it.
  ///
  /// @param containers ids of those that were started, by name
  public record Pod(String name, String uid, Map<String, String> containers) {

    /// The id of one of them, of many pods the only one.
    public String container() {
      return containers.values().iterator().next();
    }
  }

  private final Path folder;

  private KubernetesNode(Path folder) {
    this.folder = folder;
  }

  /// Starts it and waits until its DNS answers.
  ///
  /// @param folder that does not exist yet, for its state and its logs; removed with it
  public static KubernetesNode start(Path folder) {
    String _ =
        Command.run(
            "env",
            "KUBE_API_PORT=" + FreePorts.any(),
            Tool.KUBERNETES.path().toString(),
            "--node",
            folder.toString());
    return new KubernetesNode(folder);
  }

  /// Where its containerd is asked, from outside of it.
  public Path runtimeSocket() {
    return folder.resolve("run/containerd.sock");
  }

  /// Applies one of the demonstrations that came with it, such as `services.yaml`.
  public void applyDemo(String file) {
    Path demos = Tool.KUBERNETES.path().resolveSibling("demo");
    String _ = kubectl("apply", "-f", demos.resolve(file).toString());
  }

  /// Applies a manifest.
  ///
  /// @param name unique among those of this node
  public void apply(String name, String manifest) {
    try {
      Path file = Files.writeString(folder.resolve(name + ".yaml"), manifest);
      String _ = kubectl("apply", "-f", file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Runs `kubectl` as its administrator.
  ///
  /// @return what it said
  public String kubectl(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Tool.KUBECTL.path().toString(),
                "--kubeconfig=" + folder.resolve("kubeconfig"),
                "--cache-dir=" + folder.resolve("kubectl")));
    command.addAll(List.of(arguments));
    return Command.run(command);
  }

  /// The pods of a namespace of which a container was started.
  public List<Pod> pods(String namespace) {
    try {
      JsonNode answer = JSON.readTree(kubectl("get", "pods", "-n", namespace, "-o", "json"));
      return answer.required("items").valueStream().flatMap(KubernetesNode::pod).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Pod> pod(JsonNode item) {
    Map<String, String> containers = new TreeMap<>();
    for (JsonNode status : item.path("status").path("containerStatuses")) {
      String id = status.path("containerID").asText();
      if (!id.isEmpty()) {
        containers.put(status.required("name").asText(), id.substring(id.lastIndexOf('/') + 1));
      }
    }
    JsonNode metadata = item.required("metadata");
    return containers.isEmpty()
        ? Stream.empty()
        : Stream.of(
            new Pod(
                metadata.required("name").asText(), metadata.required("uid").asText(), containers));
  }

  @Override
  public void close() {
    String down = Tool.KUBERNETES.path().resolveSibling("down.sh").toString();
    String _ = Command.run(down, "--delete", folder.toString());
  }
}
