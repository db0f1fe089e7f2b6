package dev.otelscope.standalone.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Server-sent events, read on a thread of its own.
public final class EventStream implements AutoCloseable {

  /// One event.
  ///
  /// @param name such as `snapshot`
  /// @param id the revision, empty where the event has none
  public record Event(String name, String id, JsonNode data) {}

  private final InputStream body;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  EventStream(InputStream body) {
    this.body = body;
    Thread.ofVirtual().start(this::read);
  }

  /// The next event, in the order in which they came.
  ///
  /// @return empty when none comes within `patience`
  public Optional<Event> next(Duration patience) {
    try {
      return Optional.ofNullable(events.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private void read() {
    ObjectMapper json = new ObjectMapper();
    String name = "message";
    String id = "";
    StringBuilder data = new StringBuilder();
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("event:")) {
          name = line.substring(6).strip();
        } else if (line.startsWith("id:")) {
          id = line.substring(3).strip();
        } else if (line.startsWith("data:")) {
          data.append(line.substring(5).strip());
        } else if (line.isEmpty() && !data.isEmpty()) {
          events.add(new Event(name, id, json.readTree(data.toString())));
          name = "message";
          id = "";
          data.setLength(0);
        }
      }
    } catch (IOException e) {
      System.out.println("the event stream ended: " + e);
    }
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
