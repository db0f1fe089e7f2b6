package dev.otelscope.probe.container;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A runtime whose containers a test names.
public final class FakeRuntime implements ContainerRuntime {
  private final Map<String, ContainerFacts> containers = new HashMap<>();
  private boolean asked = true;

  /// Has a container, or has it with another name or state from now on.
  public void has(String id, String name, ContainerState state, int mainPid) {
    asked = false;
    ContainerDescription description =
        new ContainerDescription(
            id,
            "fake",
            name,
            "host-of-" + name,
            ContainerImage.of("shop/" + name + ":1.4", "sha256:1234"),
            Map.of("io.kubernetes.pod.name", "pod-of-" + name),
            List.of("front"),
            List.of("10.9.0.2"),
            List.of("0.0.0.0:8080->80/tcp"));
    containers.put(id, new ContainerFacts(description, state, mainPid));
  }

  /// Knows nothing of a container any more.
  public void removed(String id) {
    containers.remove(id);
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public boolean isAsked() {
    return asked;
  }

  @Override
  public Map<String, ContainerFacts> containers() {
    return Map.copyOf(containers);
  }

  @Override
  public void close() {}
}
