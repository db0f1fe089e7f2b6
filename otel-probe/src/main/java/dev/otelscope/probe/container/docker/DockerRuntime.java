package dev.otelscope.probe.container.docker;

import com.fasterxml.jackson.core.JsonParser;
import dev.otelscope.probe.container.ContainerFacts;
import dev.otelscope.probe.container.ContainerRuntime;
import dev.otelscope.probe.container.ContainerState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The containers of a Docker Engine, or of Podman, which speaks the same language.
public final class DockerRuntime implements ContainerRuntime {
  /*
   * Concurrency
   *   One virtual thread asks and is the only one that writes; readers see single containers change.
   *
   * Order
   *   Events are subscribed to before the containers are listed, and a container is always asked for
   *   anew: an event that comes twice, or late, does no harm.
   */
  private static final Logger LOG = LoggerFactory.getLogger(DockerRuntime.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final long SECONDS_BEFORE = 2;
  private static final int MOST_CONTAINERS = 10_000;

  /// After which a container may be described otherwise; the others are about what goes on in it.
  private static final Set<String> CHANGES =
      Set.of("create", "start", "restart", "stop", "rename", "pause", "unpause", "update", "init");

  // Docker's word, and Podman's
  private static final Set<String> ENDINGS = Set.of("die", "died");
  private static final Set<String> REMOVALS = Set.of("destroy", "remove");

  private static final Set<String> NETWORK_CHANGES = Set.of("connect", "disconnect");

  private final Path socket;
  private final DockerEngine engine;
  private final Map<String, ContainerFacts> containers = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean isAsked; // written by the thread, read by anyone
  private volatile boolean isClosed; // written by who closes, read by the thread

  private DockerRuntime(Path socket) {
    this.socket = socket;
    this.engine = new DockerEngine(socket);
    this.isAsked = Files.exists(socket);
    this.thread = Thread.ofVirtual().name("docker " + socket).unstarted(this::run);
  }

  /// Begins to ask the engine at a socket, now and whenever there is one.
  public static DockerRuntime at(Path socket) {
    DockerRuntime runtime = new DockerRuntime(socket);
    runtime.thread.start();
    return runtime;
  }

  /// Asks the engine at a socket once, and says in one sentence what came of it.
  public static String examine(Path socket) {
    DockerEngine engine = new DockerEngine(socket);
    try {
      engine.meet();
      int count = engine.containers().size();
      return "%s at %s knows %d %s."
          .formatted(engine.name(), socket, count, count == 1 ? "container" : "containers");
    } catch (IOException e) {
      return "Containers have no names, because %s does not answer: %s."
          .formatted(socket, e.getMessage());
    }
  }

  @Override
  public String name() {
    return "docker at " + socket;
  }

  @Override
  public boolean isAsked() {
    return isAsked;
  }

  @Override
  public Map<String, ContainerFacts> containers() {
    return Collections.unmodifiableMap(containers);
  }

  @Override
  public void close() {
    isClosed = true;
    thread.interrupt();
  }

  private void run() {
    while (!isClosed) {
      if (Files.exists(socket)) {
        try {
          follow();
        } catch (IOException | RuntimeException e) {
          LOG.debug("{} does not answer, which is tried again: {}", name(), e.toString());
        }
        isAsked = false;
        containers.clear();
      }
      pause();
    }
  }

  private void pause() {
    // What interrupts may also be a deadline that was met at the last moment.
    boolean _ = Thread.interrupted();
    try {
      if (!isClosed) {
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow() throws IOException {
    isAsked = true;
    engine.meet();
    try (EngineResponse events = engine.events(Instant.now().getEpochSecond() - SECONDS_BEFORE);
        JsonParser parser = DockerEngine.parser(events)) {
      for (String id : engine.containers()) {
        askFor(id);
      }
      isAsked = false;
      LOG.info("{} knows {} containers", name(), containers.size());
      for (Optional<JsonObject> event = JsonObject.next(parser);
          event.isPresent();
          event = JsonObject.next(parser)) {
        happened(event.get());
      }
    }
  }

  private void happened(JsonObject event) throws IOException {
    String action = event.text("Action");
    JsonObject actor = event.object("Actor");
    switch (event.text("Type")) {
      case "container" -> happened(action, actor.text("ID"));
      case "network" -> {
        if (NETWORK_CHANGES.contains(action)) {
          askFor(actor.object("Attributes").text("container"));
        }
      }
      default -> {
        // images, volumes and the daemon itself
      }
    }
  }

  private void happened(String action, String id) throws IOException {
    if (REMOVALS.contains(action)) {
      containers.remove(id);
    } else if (ENDINGS.contains(action)) {
      containers.computeIfPresent(
          id, (_, facts) -> new ContainerFacts(facts.description(), ContainerState.EXITED, 0));
      askFor(id);
    } else if (CHANGES.contains(action)) {
      askFor(id);
    }
  }

  private void askFor(String id) throws IOException {
    if (id.isEmpty() || containers.size() >= MOST_CONTAINERS && !containers.containsKey(id)) {
      return;
    }
    engine
        .container(id)
        .ifPresentOrElse(facts -> containers.put(id, facts), () -> containers.remove(id));
  }
}
