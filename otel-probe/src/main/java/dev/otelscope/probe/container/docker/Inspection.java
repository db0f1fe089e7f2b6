package dev.otelscope.probe.container.docker;

import dev.otelscope.probe.container.ContainerDescription;
import dev.otelscope.probe.container.ContainerFacts;
import dev.otelscope.probe.container.ContainerImage;
import dev.otelscope.probe.container.ContainerLabels;
import dev.otelscope.probe.container.ContainerState;
import dev.otelscope.probe.container.socket.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Reads what `GET /containers/{id}/json` answers.
final class Inspection {
  private Inspection() {}

  /// @param runtime what the engine is called
  /// @param digests of the container's image
  /// @throws IllegalArgumentException when it names no container
  static ContainerFacts read(JsonObject container, String runtime, List<String> digests) {
    JsonObject config = container.object("Config");
    JsonObject state = container.object("State");
    JsonObject settings = container.object("NetworkSettings");
    ContainerImage image = ContainerImage.of(config.text("Image"), container.text("Image"));
    String name = container.text("Name");
    return new ContainerFacts(
        new ContainerDescription(
            container.text("Id"),
            runtime,
            name.startsWith("/") ? name.substring(1) : name,
            config.text("Hostname"),
            new ContainerImage(
                image.name(),
                image.tags(),
                image.id(),
                digests.isEmpty() ? image.digests() : digests),
            ContainerLabels.bounded(config.object("Labels").texts()),
            settings.object("Networks").members().keySet().stream().sorted().toList(),
            addresses(settings),
            ports(settings.object("Ports"))),
        state(state),
        state.number("Pid"));
  }

  /// Podman says `stopped` for what Docker calls `exited`, and has more words for what is not yet
  /// or no longer running.
  private static ContainerState state(JsonObject state) {
    return switch (state.text("Status")) {
      case "running" -> ContainerState.RUNNING;
      case "paused" -> ContainerState.PAUSED;
      case "restarting" -> ContainerState.RESTARTING;
      case "created", "configured", "initialized" -> ContainerState.CREATED;
      case "dead" -> ContainerState.DEAD;
      default -> ContainerState.EXITED;
    };
  }

  private static List<String> addresses(JsonObject settings) {
    return settings.object("Networks").members().values().stream()
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .flatMap(network -> Stream.of(network.text("IPAddress"), network.text("GlobalIPv6Address")))
        .filter(address -> !address.isEmpty())
        .distinct()
        .sorted()
        .toList();
  }

  /// Only those that the host publishes: the others have no binding.
  private static List<String> ports(JsonObject ports) {
    List<String> published = new ArrayList<>();
    for (String port : ports.members().keySet()) {
      for (JsonObject binding : ports.objects(port)) {
        String host = binding.text("HostIp");
        published.add(
            (host.contains(":") ? "[" + host + "]" : host)
                + ":"
                + binding.text("HostPort")
                + "->"
                + port);
      }
    }
    published.sort(null);
    return published;
  }
}
