package dev.otelscope.standalone.bench;

import static java.util.Objects.requireNonNull;

import dev.otelscope.standalone.testbed.Started;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Probe, processor and query service as three processes, started as a user would start them.
final class MeasuredParts implements AutoCloseable {
  private static final Duration STARTING = Duration.ofSeconds(60);

  private final Path folder;
  private final int queryPort = freePort();
  private final Map<String, Started> parts = new LinkedHashMap<>();
  private final ByteMeter meter;

  /// Starts all three and waits for them.
  ///
  /// @param folder for their logs
  /// @param probeOptions what the probe is told besides where to send
  MeasuredParts(Path folder, String... probeOptions) throws IOException {
    this.folder = folder;
    int otlp = freePort();
    int graph = freePort();
    try {
      start(
              "processor",
              Map.of(),
              "--otlp-http-port=" + otlp,
              "--otlp-grpc-port=0",
              "--graph-port=" + graph)
          .awaitSaid("OTLP/HTTP", STARTING);
      meter = new ByteMeter(otlp);
      start("query", Map.of(), "--port=" + queryPort, "--graph=http://127.0.0.1:" + graph)
          .awaitSaid("" + queryPort, STARTING);
      start(
              "probe",
              Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + meter.port()),
              probeOptions)
          .awaitSaid("watching", STARTING);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private Started start(String command, Map<String, String> environment, String... options) {
    List<String> line = new ArrayList<>(List.of(launcher(), command));
    line.addAll(List.of(options));
    Map<String, String> all = new LinkedHashMap<>(environment);
    all.put("OTELSCOPE_BUILD", "never");
    Started part = Started.start(folder.resolve(command + ".log"), all, line);
    parts.put(command, part);
    return part;
  }

  private static String launcher() {
    String launcher = System.getProperty("otelscope.launcher");
    if (launcher == null) {
      throw new IllegalStateException("started otherwise than by ./scope");
    }
    return launcher;
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The page and the API.
  URI url() {
    return URI.create("http://127.0.0.1:" + queryPort);
  }

  /// The process of `probe`, `processor` or `query`.
  long pid(String part) {
    return requireNonNull(parts.get(part), part).pid();
  }

  /// What each part has used up to now, by its name.
  Map<String, Usage> usage() throws IOException {
    Map<String, Usage> usage = new LinkedHashMap<>();
    for (Map.Entry<String, Started> part : parts.entrySet()) {
      usage.put(part.getKey(), Usage.of(part.getValue().pid()));
    }
    return usage;
  }

  /// Bytes of OTLP on the wire so far, compressed, with HTTP's headers.
  long otlpBytes() {
    return meter.sent();
  }

  /// The probe first, then the one it sends to.
  @Override
  public void close() {
    for (String part : List.of("probe", "query", "processor")) {
      Started started = parts.remove(part);
      if (started != null) {
        started.close();
      }
    }
  }
}
