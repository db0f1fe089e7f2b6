package dev.otelscope.probe.container;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/// What describes a container and rarely changes. What the runtime does not say is empty.
///
/// @param id in full
/// @param runtime name of the program that runs it, such as `docker`
/// @param name without the slash that Docker puts before it
/// @param labels by key
/// @param networks that it is attached to, by name
/// @param addresses that it has in them
/// @param ports that the host publishes for it, such as `0.0.0.0:8080->80/tcp`
public record ContainerDescription(
    String id,
    String runtime,
    String name,
    String hostname,
    ContainerImage image,
    Map<String, String> labels,
    List<String> networks,
    List<String> addresses,
    List<String> ports) {

  public ContainerDescription {
    requireNonNull(image, "image");
    if (id.isEmpty()) {
      throw new IllegalArgumentException("a container must have an id");
    }
    labels = Map.copyOf(labels);
    networks = List.copyOf(networks);
    addresses = List.copyOf(addresses);
    ports = List.copyOf(ports);
  }
}
