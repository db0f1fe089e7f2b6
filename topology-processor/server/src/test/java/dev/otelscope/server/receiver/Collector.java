package dev.otelscope.server.receiver;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A real OpenTelemetry Collector that takes OTLP/gRPC and passes it on.
final class Collector implements AutoCloseable {
  private static final String NAME = "otelscope-collector-light";

  private final Process process;
  private final int port;

  /// Starts one, or skips the test when there is no binary; with `OTELSCOPE_REQUIRE=all` that is a
  /// failure.
  ///
  /// @param exporter the collector's configuration of one exporter, in YAML, without indentation
  static Collector start(Path directory, String exporter) throws IOException {
    Optional<Path> binary = binary();
    if (binary.isEmpty()) {
      String reason = "no collector: nothing matches " + tools() + "/" + NAME + "-*/" + NAME;
      System.out.println("Skipped, " + reason);
      if ("all".equals(System.getenv("OTELSCOPE_REQUIRE"))) {
        fail(reason);
      }
      abort(reason);
    }
    return new Collector(binary.orElseThrow(), directory, exporter);
  }

  private Collector(Path binary, Path directory, String exporter) throws IOException {
    port = freePort();
    String name = exporter.substring(0, exporter.indexOf(':'));
    Path config =
        Files.writeString(
            directory.resolve("collector.yaml"),
            """
            receivers:
              otlp:
                protocols:
                  grpc:
                    endpoint: 127.0.0.1:%d
            processors:
              batch:
                timeout: 100ms
            exporters:
            %s
            service:
              telemetry:
                metrics:
                  level: none
              pipelines:
                metrics:
                  receivers: [otlp]
                  processors: [batch]
                  exporters: [%s]
            """
                .formatted(port, exporter.indent(2), name));
    process =
        new ProcessBuilder(binary.toString(), "--config", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("collector.log").toFile())
            .start();
    await().atMost(Duration.ofSeconds(60)).until(this::isListening);
  }

  /// Where it takes OTLP/gRPC.
  String uri() {
    return "http://127.0.0.1:" + port;
  }

  private boolean isListening() {
    if (!process.isAlive()) {
      fail("the collector ended with " + process.exitValue() + ", see its log");
    }
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 100);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static Path tools() {
    String named = System.getenv("OTELSCOPE_TOOLS");
    return named == null
        ? Path.of(System.getProperty("user.home"), ".cache", "otelscope-tools")
        : Path.of(named);
  }

  private static Optional<Path> binary() throws IOException {
    if (!Files.isDirectory(tools())) {
      return Optional.empty();
    }
    try (Stream<Path> builds = Files.list(tools())) {
      return builds
          .filter(build -> build.getFileName().toString().startsWith(NAME + "-"))
          .map(build -> build.resolve(NAME))
          .filter(Files::isExecutable)
          .max(Comparator.comparingLong(binary -> binary.toFile().lastModified()));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }
}
