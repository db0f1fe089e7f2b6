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
import java.util.concurrent.atomic.LongAdder;

/// Looks at the map as a browser does: over its live stream, and by asking.
final class MapWatcher implements AutoCloseable {
  private static final String OPTIONS = "?system=show";

  private final URI url;
  private final HttpClient http = HttpClient.newHttpClient();
  private final LongAdder updates = new LongAdder();
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

  /// Connections that were opened, by all edges of the map.
  long opened() throws IOException, InterruptedException {
    return sum("/totals/opened");
  }

  /// Connections that are open now, by all edges of the map.
  long active() throws IOException, InterruptedException {
    return sum("/connections/active");
  }

  private long sum(String figure) throws IOException, InterruptedException {
    try (InputStream body = get("/api/v1/views/processes" + OPTIONS)) {
      long sum = 0;
      for (JsonNode edge : new ObjectMapper().readTree(body).path("edges")) {
        sum += edge.at(figure).asLong();
      }
      return sum;
    }
  }

  @Override
  public void close() throws IOException {
    stream.close();
    http.shutdownNow();
  }
}
