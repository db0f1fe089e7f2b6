package dev.otelscope.probe.emission;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What `OTEL_RESOURCE_ATTRIBUTES` says about everything that the probe sees, such as
/// `deployment.environment.name=prod,k8s.cluster.name=shop`.
///
/// @param shared go with every resource that does not say something else itself
/// @param ignored names that say which service, process, container or host something is: they are
///   true of the probe alone (an operator sets them for each pod), and would be wrong of what it
///   sees
public record ResourceAttributes(Map<String, String> shared, List<String> ignored) {
  public static final ResourceAttributes NONE = new ResourceAttributes(Map.of(), List.of());

  private static final List<String> OF_ONE_ENTITY =
      List.of(
          "service.", "process.", "container.", "host.", "os.", "telemetry.", "otelscope.", "k8s.");

  private static final List<String> OF_MANY = List.of("k8s.cluster.", "k8s.node.");

  public ResourceAttributes {
    shared = Collections.unmodifiableMap(new TreeMap<>(shared));
    ignored = List.copyOf(ignored);
  }

  /// What the environment says.
  ///
  /// @throws IllegalArgumentException when the variable cannot be understood
  public static ResourceAttributes fromEnvironment(Map<String, String> environment) {
    Map<String, String> all =
        new TreeMap<>(
            StandardVariable.of(environment, "OTEL_RESOURCE_ATTRIBUTES")
                .map(KeyValues::parse)
                .orElse(Map.of()));
    StandardVariable.of(environment, "OTEL_SERVICE_NAME")
        .ifPresent(name -> all.put("service.name", name.value()));
    List<String> ignored = all.keySet().stream().filter(ResourceAttributes::isOfOneEntity).toList();
    all.keySet().removeAll(ignored);
    return new ResourceAttributes(all, ignored);
  }

  private static boolean isOfOneEntity(String name) {
    return OF_ONE_ENTITY.stream().anyMatch(name::startsWith)
        && OF_MANY.stream().noneMatch(name::startsWith);
  }
}
