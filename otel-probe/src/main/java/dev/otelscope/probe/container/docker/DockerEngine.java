package dev.otelscope.probe.container.docker;

import dev.otelscope.model.Cidr;
import dev.otelscope.probe.container.ContainerFacts;
import dev.otelscope.probe.container.socket.Deadline;
import dev.otelscope.probe.container.socket.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The calls of the Docker Engine API that a probe needs; all of them only read. Whoever calls
/// waits, for ten seconds at most. Used by one thread.
final class DockerEngine {
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);
  private static final int LARGEST_ANSWER = 16 << 20;
  private static final int MOST_IMAGES = 4096;

  private final Path socket;
  private final Map<String, List<String>> digests = new HashMap<>();
  private String name = "docker";

  DockerEngine(Path socket) {
    this.socket = socket;
  }

  /// Asks which program it is: `docker` or `podman`.
  void meet() throws IOException {
    boolean podman =
        get("/version").stream()
            .flatMap(version -> version.objects("Components").stream())
            .anyMatch(component -> component.text("Name").startsWith("Podman"));
    name = podman ? "podman" : "docker";
  }

  /// What [#meet] found it to be.
  String name() {
    return name;
  }

  /// The ids of all containers, also of those that do not run; the newest first.
  List<String> containers() throws IOException {
    return get("/containers/json?all=true").stream()
        .map(container -> container.text("Id"))
        .filter(id -> !id.isEmpty())
        .toList();
  }

  /// A container; empty when it is not there (any more).
  Optional<ContainerFacts> container(String id) throws IOException {
    Optional<JsonObject> found = get("/containers/" + id + "/json").stream().findFirst();
    if (found.isEmpty() || !found.get().text("Id").equals(id)) {
      return Optional.empty();
    }
    return Optional.of(Inspection.read(found.get(), name, digestsOf(found.get().text("Image"))));
  }

  /// Address ranges that mean something on this host only.
  Set<Cidr> localNetworks() throws IOException {
    return LocalNetworks.in(get("/networks"));
  }

  /// Opens the stream of what happens from now on, and of what happened just before.
  ///
  /// @param sinceSeconds since 1970
  EngineResponse events(long sinceSeconds) throws IOException {
    EngineResponse response;
    try (Deadline _ = Deadline.in(LONGEST_ANSWER)) {
      response = EngineResponse.get(socket, "/events?since=" + sinceSeconds);
    }
    if (response.status() != 200) {
      response.close();
      throw new IOException("/events answered " + response.status());
    }
    return response;
  }

  private List<String> digestsOf(String image) throws IOException {
    List<String> known = digests.get(image);
    if (known == null) {
      known =
          get("/images/" + image + "/json").stream()
              .flatMap(found -> found.texts("RepoDigests").stream())
              .sorted()
              .toList();
      if (digests.size() >= MOST_IMAGES) {
        digests.clear();
      }
      digests.put(image, known);
    }
    return known;
  }

  /// @return nothing when what was asked for is not there
  private List<JsonObject> get(String target) throws IOException {
    try (Deadline _ = Deadline.in(LONGEST_ANSWER);
        EngineResponse response = EngineResponse.get(socket, target)) {
      if (response.status() == 404) {
        return List.of();
      }
      byte[] body = response.body().readNBytes(LARGEST_ANSWER + 1);
      if (response.status() != 200 || body.length > LARGEST_ANSWER) {
        throw new IOException(
            "%s answered %d with %d bytes; expected 200 with at most %d"
                .formatted(target, response.status(), body.length, LARGEST_ANSWER));
      }
      return JsonObject.parse(body);
    }
  }
}
