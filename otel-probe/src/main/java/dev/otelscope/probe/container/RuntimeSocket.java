package dev.otelscope.probe.container;

import dev.otelscope.model.Cidr;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The runtime at a UNIX socket, in whichever language it answers, now and whenever there is one.
public final class RuntimeSocket implements ContainerRuntime {
  /*
   * Concurrency
   *   One virtual thread asks and is the only one that writes; readers see single containers change.
   *
   * Language
   *   Names of sockets say little, so the languages are tried in turn, each time somebody is there
   *   again.
   */
  private static final Logger LOG = LoggerFactory.getLogger(RuntimeSocket.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final Path socket;
  private final List<RuntimeLanguage> languages;
  private final FoundContainers found = new FoundContainers();
  private final Thread thread;
  private String problem = "";
  private volatile boolean isAnswering; // written by the thread, read by anyone
  private volatile boolean isClosed; // written by who closes, read by the thread

  private RuntimeSocket(Path socket, List<RuntimeLanguage> languages) {
    this.socket = socket;
    this.languages = List.copyOf(languages);
    this.isAnswering = Files.exists(socket);
    this.thread = Thread.ofVirtual().name("runtime " + socket).unstarted(this::run);
  }

  /// Begins to ask whoever is at a socket.
  ///
  /// @param languages to try, the likeliest first
  public static RuntimeSocket at(Path socket, List<RuntimeLanguage> languages) {
    RuntimeSocket runtime = new RuntimeSocket(socket, languages);
    runtime.thread.start();
    return runtime;
  }

  /// Asks whoever is at a socket once, and says in one sentence what came of it.
  public static String examine(Path socket, List<RuntimeLanguage> languages) {
    try (RuntimeConversation conversation = begin(socket, languages)) {
      int count = conversation.containers().size();
      return "%s at %s knows %d %s."
          .formatted(
              conversation.runtime(), socket, count, count == 1 ? "container" : "containers");
    } catch (IOException e) {
      return "Nobody names containers at %s: %s.".formatted(socket, reasonOf(e));
    }
  }

  /// @throws IOException that says for each language why it is not spoken
  private static RuntimeConversation begin(Path socket, List<RuntimeLanguage> languages)
      throws IOException {
    Map<String, String> reasons = new LinkedHashMap<>();
    for (RuntimeLanguage language : languages) {
      try {
        return language.begin(socket);
      } catch (IOException e) {
        reasons.put(language.name(), reasonOf(e));
      }
    }
    throw new IOException(
        Set.copyOf(reasons.values()).size() == 1
            ? reasons.values().iterator().next()
            : reasons.entrySet().stream()
                .map(reason -> "in " + reason.getKey() + ", " + reason.getValue())
                .collect(Collectors.joining("; ")));
  }

  /// What interrupts somebody who waits for an answer is the deadline; the next question has
  /// another one.
  private static String reasonOf(Exception e) {
    if (e instanceof ClosedByInterruptException) {
      boolean _ = Thread.interrupted();
      return "there was no answer in time";
    }
    return e instanceof RuntimeException ? e.toString() : String.valueOf(e.getMessage());
  }

  @Override
  public String name() {
    return "the runtime at " + socket;
  }

  @Override
  public boolean isAsked() {
    return isAnswering && !found.isWhole();
  }

  @Override
  public Map<String, ContainerFacts> containers() {
    return found.all();
  }

  @Override
  public Set<Cidr> localNetworks() {
    return found.localNetworks();
  }

  @Override
  public void close() {
    isClosed = true;
    thread.interrupt();
  }

  private void run() {
    while (!isClosed) {
      if (Files.exists(socket)) {
        isAnswering = true;
        try (RuntimeConversation conversation = begin(socket, languages)) {
          LOG.info("{} at {} is asked about its containers", conversation.runtime(), socket);
          problem = "";
          if (!isClosed) { // closing may have interrupted what was no more than a question
            conversation.follow(found);
          }
        } catch (IOException | RuntimeException e) {
          report(e);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        isAnswering = false;
        found.clear();
      }
      pause();
    }
  }

  /// Says once what is wrong, and again when it is something else.
  private void report(Exception e) {
    String now = reasonOf(e);
    if (!isClosed && !now.equals(problem)) {
      problem = now;
      LOG.info("nobody names containers at {}, which is tried again: {}", socket, now);
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
}
