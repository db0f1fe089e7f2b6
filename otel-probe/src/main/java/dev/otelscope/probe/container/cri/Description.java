package dev.otelscope.probe.container.cri;

import dev.otelscope.probe.container.ContainerDescription;
import dev.otelscope.probe.container.ContainerFacts;
import dev.otelscope.probe.container.ContainerImage;
import dev.otelscope.probe.container.ContainerLabels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Puts together what CRI says of a container, its sandbox and its image.
final class Description {
  private static final String POD_NAME = "io.kubernetes.pod.name";
  private static final String POD_UID = "io.kubernetes.pod.uid";
  private static final String POD_NAMESPACE = "io.kubernetes.pod.namespace";
  private static final String CONTAINER_NAME = "io.kubernetes.container.name";
  private static final String RESTARTS = "io.kubernetes.container.restartCount";

  private Description() {}

  static ContainerFacts of(
      String runtime,
      ContainerStatus container,
      PodSandbox sandbox,
      ImageStatus image,
      int mainPid) {
    return new ContainerFacts(
        new ContainerDescription(
            container.id(),
            runtime,
            container.name(),
            sandbox.hostname(),
            imageOf(container, image),
            ContainerLabels.bounded(labels(container, sandbox)),
            List.of(),
            sandbox.addresses(),
            List.of()),
        container.state(),
        mainPid);
  }

  /// The pod's labels and the container's own, which are stronger. What CRI says by fields of its
  /// own stands here as the labels by which the kubelet says the same to every runtime.
  private static Map<String, String> labels(ContainerStatus container, PodSandbox sandbox) {
    Map<String, String> labels = new HashMap<>(sandbox.labels());
    labels.putAll(container.labels());
    putIfKnown(labels, POD_NAME, sandbox.podName());
    putIfKnown(labels, POD_UID, sandbox.podUid());
    putIfKnown(labels, POD_NAMESPACE, sandbox.namespace());
    putIfKnown(labels, CONTAINER_NAME, container.name());
    labels.put(RESTARTS, Long.toString(container.attempt()));
    return labels;
  }

  private static void putIfKnown(Map<String, String> labels, String key, String value) {
    if (!value.isEmpty()) {
      labels.put(key, value);
    }
  }

  /// The name that was asked for, else the first of those that the image has.
  private static ContainerImage imageOf(ContainerStatus container, ImageStatus image) {
    String id = withAlgorithm(image.id());
    ContainerImage named =
        Stream.concat(Stream.of(container.image()), image.tags().stream())
            .map(reference -> ContainerImage.of(reference, id))
            .filter(candidate -> isName(candidate.name()))
            .findFirst()
            .orElse(new ContainerImage("", List.of(), id, List.of()));
    return new ContainerImage(
        named.name(),
        named.tags(),
        named.id(),
        image.digests().isEmpty() ? named.digests() : image.digests());
  }

  /// Some runtimes give an image's id where its name is meant.
  private static boolean isName(String name) {
    return !name.isEmpty() && !name.matches("[0-9a-f]{64}");
  }

  private static String withAlgorithm(String id) {
    return id.matches("[0-9a-f]{64}") ? "sha256:" + id : id;
  }
}
