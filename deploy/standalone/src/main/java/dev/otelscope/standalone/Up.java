package dev.otelscope.standalone;

import dev.otelscope.probe.Probe;
import dev.otelscope.probe.ProbeConfig;
import dev.otelscope.probe.emission.ReceiverTarget;
import dev.otelscope.query.QueryConfig;
import dev.otelscope.query.QueryServer;
import dev.otelscope.server.Processor;
import dev.otelscope.server.ProcessorConfig;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Processor, query service and probe in one process. The graph goes from the first to the second
/// within it; the probe speaks OTLP to the processor over loopback, as it would to any other.
final class Up implements AutoCloseable {

  /// How everything runs.
  ///
  /// @param probe empty to leave the probe out; its receiver is replaced by our own
  record Config(ProcessorConfig processor, QueryConfig query, Optional<ProbeConfig> probe) {}

  private final Processor processor;
  private final QueryServer query;
  private Optional<Probe> probe = Optional.empty();
  private final List<Runnable> servers = new ArrayList<>();

  /// Starts everything.
  ///
  /// @throws BindException when an address cannot be had; one sentence
  /// @throws IOException when the probe cannot run here; one sentence
  static Up start(Config config) throws IOException {
    return new Up(config);
  }

  private Up(Config config) throws IOException {
    try {
      processor = Processor.start(config.processor());
      servers.add(processor::close);
      query = QueryServer.start(config.query(), processor.source());
      servers.add(query::close);
      if (config.probe().isPresent()) {
        ReceiverTarget receiver = ReceiverTarget.http(processor.otlpHttp());
        probe = Optional.of(Probe.start(config.probe().get().withReceiver(receiver)));
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /// The page and the API.
  URI url() {
    return query.uri();
  }

  /// Sentences for the user, such as that a default port was taken.
  List<String> notices() {
    return processor.notices();
  }

  /// Where everything answers.
  ReadyFile whereabouts() {
    return new ReadyFile(
        url().toString(),
        processor.otlpHttp().toString(),
        processor.otlpGrpc().toString(),
        processor.graph().map(URI::toString).orElse(""),
        ProcessHandle.current().pid());
  }

  /// Ends the probe, which sends what it has left, then those that take it, both at once: each
  /// waits a while for its clients.
  @Override
  public void close() {
    probe.ifPresent(Probe::close);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      servers.forEach(threads::execute);
    }
  }
}
