package dev.otelscope.query.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads server-sent events over a plain socket, so that a test decides when something is read.
public final class EventReader implements AutoCloseable {
  private static final int DEADLINE_MILLIS = 20_000;

  private final Socket socket;
  private final BufferedReader reader;
  private final List<String> headers = new ArrayList<>();

  /// @param id empty when the event has none
  public record Event(String name, String id, JsonNode data) {}

  private EventReader(Socket socket) throws IOException {
    this.socket = socket;
    reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
  }

  /// Sends the request and reads nothing yet.
  ///
  /// @param headers names and values in turn
  public static EventReader open(URI server, String path, String... headers) {
    return as(server.getAuthority(), server, path, headers);
  }

  /// Like [#open], but calls the server by this name.
  public static EventReader as(String host, URI server, String path, String... headers) {
    try {
      Socket socket = new Socket();
      socket.setReceiveBufferSize(4096); // so that a test can be a slow reader with little data
      socket.setSoTimeout(DEADLINE_MILLIS);
      socket.connect(new java.net.InetSocketAddress(server.getHost(), server.getPort()));
      StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\n");
      request.append("Host: ").append(host).append("\r\n");
      for (int i = 0; i < headers.length; i += 2) {
        request.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
      }
      socket.getOutputStream().write(request.append("\r\n").toString().getBytes(UTF_8));
      return new EventReader(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The next event, comments left out. Waits for it.
  public Event next() {
    try {
      if (headers.isEmpty()) {
        readHeaders();
      }
      return readEvent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The next event of that name; others in between are skipped.
  public Event next(String name) {
    Event event = next();
    while (!event.name().equals(name)) {
      event = next();
    }
    return event;
  }

  private void readHeaders() throws IOException {
    for (String line = line(); !line.isEmpty(); line = line()) {
      headers.add(line);
    }
    if (!headers.getFirst().contains(" 200 ")) {
      throw new AssertionError(headers.getFirst());
    }
  }

  private Event readEvent() throws IOException {
    String name = "";
    String id = "";
    StringBuilder data = new StringBuilder();
    long deadline = System.nanoTime() + DEADLINE_MILLIS * 1_000_000L;
    while (true) {
      String line = eventLine();
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("nothing but comments for " + DEADLINE_MILLIS + " ms");
      }
      if (line.startsWith("event: ")) {
        name = line.substring(7);
      } else if (line.startsWith("id: ")) {
        id = line.substring(4);
      } else if (line.startsWith("data: ")) {
        data.append(line.substring(6));
      } else if (line.isEmpty() && !data.isEmpty()) {
        return new Event(name, id, TestClient.parse(data.toString()));
      }
    }
  }

  private final StringBuilder chunk = new StringBuilder();

  /// A line of the body, whatever chunks it came in.
  private String eventLine() throws IOException {
    while (chunk.indexOf("\n") < 0) {
      int size = Integer.parseInt(line(), 16);
      if (size == 0) {
        throw new IOException("the stream ended");
      }
      appendChunk(size);
    }
    int end = chunk.indexOf("\n");
    String line = chunk.substring(0, end);
    chunk.delete(0, end + 1);
    return line;
  }

  private void appendChunk(int bytes) throws IOException {
    char[] characters = new char[bytes]; // what tests put into views is ASCII
    int read = 0;
    while (read < bytes) {
      int more = reader.read(characters, read, bytes - read);
      if (more < 0) {
        throw new IOException("the connection ended");
      }
      read += more;
    }
    chunk.append(characters);
    line();
  }

  private String line() throws IOException {
    return Optional.ofNullable(reader.readLine())
        .orElseThrow(() -> new IOException("the connection ended"));
  }

  public List<String> headers() {
    return headers;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
