package dev.otelscope.standalone.kit;

import dev.otelscope.standalone.testbed.Started;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A real OpenTelemetry Collector: OTLP/gRPC in, batches, OTLP/HTTP with gzip out. Can be stopped
/// and started again where it was.
public final class Collector implements AutoCloseable {
  /// What an operator might do on the way: overwrite who the host is, and send deltas.
  public static final String MEDDLING =
      """
      resource:
        attributes:
          - {key: host.id, value: somebody-else, action: upsert}
          - {key: host.name, value: somebody-else, action: upsert}
      cumulativetodelta: {}
      """;

  private final Path folder;
  private final boolean secure;
  private final int port = FreePorts.any();
  private Started process;

  /// Starts one and waits until it listens.
  ///
  /// @param processors YAML with processors besides `batch`, applied before it; may be empty
  /// @param target OTLP/HTTP receiver to send to
  public Collector(Path folder, String processors, URI target) {
    this(folder, processors, target, "");
  }

  /// One that speaks TLS as `own`, and takes only a client that shows the certificate of `client`.
  public static Collector overTls(Path folder, URI target, Credentials own, Credentials client) {
    return new Collector(
        folder,
        "",
        target,
        ", tls: {cert_file: \"%s\", key_file: \"%s\", client_ca_file: \"%s\"}"
            .formatted(own.certificate(), own.key(), client.certificate()));
  }

  /// @param tls further settings of the receiver
  private Collector(Path folder, String processors, URI target, String tls) {
    this.folder = folder;
    this.secure = !tls.isEmpty();
    List<String> names =
        processors
            .lines()
            .filter(line -> !line.startsWith(" "))
            .map(line -> line.substring(0, line.indexOf(':')))
            .toList();
    String pipeline =
        String.join(", ", names.isEmpty() ? List.of("batch") : concat(names, "batch"));
    try {
      Files.writeString(
          configuration(),
          """
          receivers:
            otlp: {protocols: {grpc: {endpoint: "127.0.0.1:%d"%s}}}
          processors:
            batch: {timeout: 200ms}
          %sexporters:
            otlphttp: {endpoint: "%s", compression: gzip}
          service:
            telemetry: {metrics: {level: none}}
            pipelines:
              metrics: {receivers: [otlp], processors: [%s], exporters: [otlphttp]}
          """
              .formatted(port, tls, processors.indent(2), target, pipeline));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process = start();
  }

  private static List<String> concat(List<String> names, String last) {
    return Stream.concat(names.stream(), Stream.of(last)).toList();
  }

  private Path configuration() {
    return folder.resolve("collector.yaml");
  }

  private Started start() {
    Started collector =
        Started.start(
            folder.resolve("collector.log"),
            Map.of(),
            List.of(Tool.COLLECTOR.path().toString(), "--config", configuration().toString()));
    Until.holds(collector, this::listens);
    return collector;
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /// What a probe must be told to send here.
  public Map<String, String> environment() {
    return Map.of(
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        (secure ? "https" : "http") + "://127.0.0.1:" + port,
        "OTEL_EXPORTER_OTLP_PROTOCOL",
        "grpc");
  }

  /// Ends it; what it had not sent yet is lost if it cannot be sent now.
  public void stop() {
    process.close();
  }

  /// Starts it again.
  public void restart() {
    process = start();
  }

  @Override
  public void close() {
    process.close();
  }
}
