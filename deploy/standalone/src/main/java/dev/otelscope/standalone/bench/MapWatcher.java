package dev.otelscope.standalone.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Looks at the map as a browser does: over its live stream, and by asking.
final class MapWatcher implements AutoCloseable {
  private static final String OPTIONS = "?system=show";
  private static final String NEW_EDGE = "\"edges\":{\"add\":[{";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final URI url;
  private final HttpClient http = HttpClient.newHttpClient();
  private final LongAdder updates = new LongAdder();
  private final AtomicReference<@Nullable Expected> expected = new AtomicReference<>();
  private final InputStream stream;

  MapWatcher(URI url) throws IOException, InterruptedException {
    this.url = url;
    stream = get("/api/v1/views/processes/stream" + OPTIONS);
    Thread.ofVirtual().start(this::read);
  }

  private InputStream get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(url.resolve(path)).build();
    return http.send(request, BodyHandlers.ofInputStream()).body();
  }

  private void read() {
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("event:") && line.endsWith("delta")) {
          updates.increment();
        } else if (line.startsWith("data:") && line.contains(NEW_EDGE)) {
          Expected edge = expected.get();
          if (edge != null && line.contains(edge.client) && line.contains(edge.server)) {
            edge.seen.complete(System.nanoTime());
          }
        }
      }
    } catch (IOException e) {
      return; // closed
    }
  }

  /// Changes of the map that came over the stream so far.
  long updates() {
    return updates.sum();
  }

  /// An edge between two processes, by what their ids contain.
  private record Expected(String client, String server, CompletableFuture<Long> seen) {}

  /// Does something that draws a first edge between two processes, and says how long it took until
  /// a browser had it.
  ///
  /// @throws IllegalStateException when no such edge came
  Duration untilSeen(long client, long server, Runnable cause) throws InterruptedException {
    Expected edge = new Expected("~" + client + "~", "~" + server + "~", new CompletableFuture<>());
    expected.set(edge);
    long start = System.nanoTime();
    cause.run();
    try {
      return Duration.ofNanos(edge.seen.get(PATIENCE.toSeconds(), TimeUnit.SECONDS) - start);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          "no edge from process %d to %d within %s".formatted(client, server, PATIENCE), e);
    }
  }

  /// Connections that were opened, between whatever hosts and within them.
  long opened() throws IOException, InterruptedException {
    return sum("/totals/opened");
  }

  /// Connections that are open now.
  long active() throws IOException, InterruptedException {
    return sum("/connections/active");
  }

  /// What the map says is missing on it.
  List<String> coverage() throws IOException, InterruptedException {
    List<String> messages = new ArrayList<>();
    for (JsonNode gap : json("/api/v1/views/hosts").path("coverage")) {
      messages.add(gap.path("message").asText());
    }
    return messages;
  }

  /// Hosts, since connections without a known process at both ends are seen only there.
  private long sum(String figure) throws IOException, InterruptedException {
    long sum = 0;
    for (JsonNode node : json("/api/v1/views/hosts").path("nodes")) {
      if (node.path("kind").asText().equals("host")) {
        JsonNode host = json("/api/v1/views/hosts/nodes/" + node.path("id").asText());
        for (JsonNode row : host.at("/outbound/rows")) {
          sum += row.at(figure).asLong();
        }
      }
    }
    return sum;
  }

  private JsonNode json(String path) throws IOException, InterruptedException {
    try (InputStream body = get(path)) {
      return new ObjectMapper().readTree(body);
    }
  }

  @Override
  public void close() throws IOException {
    stream.close();
    http.shutdownNow();
  }
}
