package dev.otelscope.standalone.kit;

import static java.util.Objects.requireNonNull;

import dev.otelscope.standalone.testbed.Namespace;
import dev.otelscope.standalone.testbed.Started;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Processor, query service and probe as three processes, each of which can be restarted where it
/// was.
public final class Parts implements AutoCloseable {
  private final Path folder;
  private final int otlpHttpPort = FreePorts.any();
  private final int otlpGrpcPort = FreePorts.any();
  private final int graphPort = FreePorts.any();
  private final int queryPort = FreePorts.any();
  private final Map<String, Started> running = new HashMap<>();

  /// Starts processor and query service, and waits for both.
  ///
  /// @param folder for their logs
  public Parts(Path folder) {
    this.folder = folder;
    try {
      startProcessor();
      Started query =
          start(
              "query",
              Map.of(),
              List.of("--port", "" + queryPort, "--graph", "http://127.0.0.1:" + graphPort));
      Until.holds(query, () -> api().isReady());
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  public Api api() {
    return new Api(URI.create("http://127.0.0.1:" + queryPort));
  }

  /// OTLP/HTTP of the processor.
  public URI otlpHttp() {
    return URI.create("http://127.0.0.1:" + otlpHttpPort);
  }

  /// Starts a probe that sends to the processor itself.
  public Started startProbe(Namespace... namespaces) {
    return startProbe(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", otlpHttp().toString()), namespaces);
  }

  /// Starts a probe that sends where the environment says.
  public Started startProbe(Map<String, String> environment, Namespace... namespaces) {
    return start(
        "probe",
        environment,
        List.of(
            "--host-id",
            "here",
            "--namespaces",
            Stream.of(namespaces).map(Namespace::name).collect(Collectors.joining(","))));
  }

  /// Starts the processor, where it was before.
  public Started startProcessor() {
    Started processor =
        start(
            "processor",
            Map.of(),
            List.of(
                "--otlp-http-port=" + otlpHttpPort,
                "--otlp-grpc-port=" + otlpGrpcPort,
                "--graph-port=" + graphPort));
    Until.said(processor, "OTLP/HTTP");
    return processor;
  }

  private Started start(String command, Map<String, String> environment, List<String> options) {
    String[] arguments = Stream.concat(Stream.of(command), options.stream()).toArray(String[]::new);
    Started process = ScopeProcess.startAs(List.of(), folder, environment, arguments);
    running.put(command, process);
    return process;
  }

  /// Asks a part to end, and waits until it did.
  public void stop(String part) {
    take(part).close();
  }

  /// Ends a part at once.
  public void kill(String part) {
    take(part).kill();
  }

  private Started take(String part) {
    return requireNonNull(running.remove(part), part);
  }

  @Override
  public void close() {
    running.values().forEach(Started::close);
    running.clear();
  }
}
