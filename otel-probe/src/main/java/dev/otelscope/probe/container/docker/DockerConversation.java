package dev.otelscope.probe.container.docker;

import com.fasterxml.jackson.core.JsonParser;
import dev.otelscope.probe.container.FoundContainers;
import dev.otelscope.probe.container.RuntimeConversation;
import dev.otelscope.probe.container.socket.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Asks a Docker Engine, or Podman, and follows its events.
final class DockerConversation implements RuntimeConversation {
  /*
   * Order
   *   Events are subscribed to before the containers are listed, and a container is always asked for
   *   anew: an event that comes twice, or late, does no harm.
   */
  private static final long SECONDS_BEFORE = 2;

  /// After which a container may be described otherwise; the others are about what goes on in it.
  private static final Set<String> CHANGES =
      Set.of("create", "start", "restart", "stop", "rename", "pause", "unpause", "update", "init");

  // Docker's word, and Podman's
  private static final Set<String> ENDINGS = Set.of("die", "died");
  private static final Set<String> REMOVALS = Set.of("destroy", "remove");

  private static final Set<String> CONNECTIONS = Set.of("connect", "disconnect");

  // Podman removes what Docker destroys.
  private static final Set<String> NETWORK_CHANGES = Set.of("create", "destroy", "remove");

  private final DockerEngine engine;

  DockerConversation(DockerEngine engine) {
    this.engine = engine;
  }

  @Override
  public String runtime() {
    return engine.name();
  }

  @Override
  public List<String> containers() throws IOException {
    return engine.containers();
  }

  @Override
  public void follow(FoundContainers found) throws IOException {
    try (EngineResponse events = engine.events(Instant.now().getEpochSecond() - SECONDS_BEFORE)) {
      found.localNetworks(engine.localNetworks());
      for (String id : engine.containers()) {
        askFor(id, found);
      }
      found.complete();
      happened(events, found);
    }
  }

  /// A parser waits for its first bytes when it is made: on a quiet engine, for the next event.
  private void happened(EngineResponse events, FoundContainers found) throws IOException {
    try (JsonParser parser = JsonObject.parser(events.body())) {
      for (Optional<JsonObject> event = JsonObject.next(parser);
          event.isPresent();
          event = JsonObject.next(parser)) {
        happened(event.get(), found);
      }
    }
  }

  private void happened(JsonObject event, FoundContainers found) throws IOException {
    String action = event.text("Action");
    JsonObject actor = event.object("Actor");
    switch (event.text("Type")) {
      case "container" -> happened(action, actor.text("ID"), found);
      case "network" -> {
        if (CONNECTIONS.contains(action)) {
          askFor(actor.object("Attributes").text("container"), found);
        } else if (NETWORK_CHANGES.contains(action)) {
          found.localNetworks(engine.localNetworks());
        }
      }
      default -> {
        // images, volumes and the daemon itself
      }
    }
  }

  private void happened(String action, String id, FoundContainers found) throws IOException {
    if (REMOVALS.contains(action)) {
      found.remove(id);
    } else if (ENDINGS.contains(action)) {
      found.exited(id);
      askFor(id, found);
    } else if (CHANGES.contains(action)) {
      askFor(id, found);
    }
  }

  private void askFor(String id, FoundContainers found) throws IOException {
    if (!id.isEmpty()) {
      engine.container(id).ifPresentOrElse(found::put, () -> found.remove(id));
    }
  }

  @Override
  public void close() {
    // each question has a connection of its own
  }
}
