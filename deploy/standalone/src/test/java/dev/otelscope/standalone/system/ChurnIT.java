package dev.otelscope.standalone.system;

import static org.awaitility.Awaitility.await;

import dev.otelscope.standalone.kit.MapView;
import dev.otelscope.standalone.kit.Parts;
import dev.otelscope.standalone.kit.Requires;
import dev.otelscope.standalone.kit.Tool;
import dev.otelscope.standalone.testbed.Namespace;
import dev.otelscope.standalone.testbed.Namespaces;
import dev.otelscope.standalone.testbed.RemoteTalker;
import dev.otelscope.standalone.testbed.ShortPrograms;
import dev.otelscope.standalone.testbed.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What comes and goes leaves nothing behind: `scope bench churn` in small.
@Requires(value = Tool.IP, root = true)
class ChurnIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int NAMESPACES = 10;
  private static final int PROCESSES = 50;
  private static final int CONNECTIONS = 10;

  /// Descriptors and threads that come and go by themselves, such as those of an export.
  private static final int NOISE = 5;

  @TempDir Path folder;

  @Test
  void everythingIsSeenAndForgottenAndNothingIsKeptOpen() throws IOException {
    try (Namespaces namespaces = Namespaces.create();
        Parts parts = new Parts(folder)) {
      Namespace side = namespaces.addToBridge("server", "10.78.0.10/16");
      RemoteTalker server = RemoteTalker.start(side, folder.resolve("server.log"));
      server.tell("listen 10.78.0.10 7000");
      Started probe = parts.startProbe(allNamespaces(side));
      probe.awaitSaid("watching", PATIENCE);
      churn(namespaces, 0);
      await().atMost(PATIENCE).until(() -> clientsOf(server, parts) > 0);
      long descriptors = count(probe, "fd");
      long threads = count(probe, "task");

      for (int i = 1; i < NAMESPACES; i++) {
        churn(namespaces, i);
      }

      await().atMost(PATIENCE).until(() -> clientsOf(server, parts) == 0);
      await().atMost(PATIENCE).until(() -> count(probe, "fd") <= descriptors + NOISE);
      await().atMost(PATIENCE).until(() -> count(probe, "task") <= threads + NOISE);
    }
  }

  private static Namespace[] allNamespaces(Namespace server) {
    return Stream.concat(
            Stream.of(server),
            IntStream.range(0, NAMESPACES)
                .mapToObj(i -> new Namespace(server.name().replace("server", "short" + i))))
        .toArray(Namespace[]::new);
  }

  private static void churn(Namespaces namespaces, int number) {
    Namespace namespace =
        namespaces.addToBridge("short" + number, "10.78.1." + (1 + number) + "/16");
    ShortPrograms.run(namespace, PROCESSES, CONNECTIONS, "10.78.0.10", 7000, Duration.ofSeconds(1));
    namespaces.remove(namespace);
  }

  /// Edges of the map that lead to the server.
  private static long clientsOf(RemoteTalker server, Parts parts) {
    MapView map = parts.api().view("processes", "system=show");
    return map.process(server.pid())
        .map(node -> node.required("id"))
        .map(id -> map.edges().filter(edge -> edge.required("target").equals(id)).count())
        .orElse(0L);
  }

  private static long count(Started program, String folder) throws IOException {
    try (Stream<Path> entries = Files.list(Path.of("/proc", "" + program.pid(), folder))) {
      return entries.count();
    }
  }
}
