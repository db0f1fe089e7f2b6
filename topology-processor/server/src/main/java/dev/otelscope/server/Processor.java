package dev.otelscope.server;

import com.linecorp.armeria.common.util.BlockingTaskExecutor;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.healthcheck.HealthCheckService;
import dev.otelscope.engine.Engine;
import dev.otelscope.graphstream.GraphStreamService;
import dev.otelscope.model.GraphSource;
import dev.otelscope.server.receiver.OtlpReceivers;
import dev.otelscope.server.receiver.RequestCounts;
import dev.otelscope.serving.Endpoint;
import dev.otelscope.serving.ListenAddress;
import dev.otelscope.serving.Listening;
import dev.otelscope.serving.Port;
import java.net.BindException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// A running topology processor: OTLP in, the graph out. Here its parts are put together.
public final class Processor implements AutoCloseable {
  private final ListenAddress host;
  private final Engine engine;
  private final OtlpReceivers receivers;
  private final GraphStreamService stream;
  private final HttpService metrics;
  private final BlockingTaskExecutor workers;
  private final List<Listening> listening = new ArrayList<>();
  private final Listening otlpHttp;
  private final Listening otlpGrpc;
  private final Optional<Listening> graph;

  /// Starts a processor; when this returns, all its ports answer.
  ///
  /// @throws BindException when a port cannot be had: one sentence that says why and what to do
  public static Processor start(ProcessorConfig config) throws BindException {
    return new Processor(config);
  }

  private Processor(ProcessorConfig config) throws BindException {
    host = config.host();
    engine = Engine.start(config.engine(), Clock.systemUTC());
    receivers = new OtlpReceivers(engine.ingest()::accept, config.limits());
    stream = new GraphStreamService(engine.graph());
    metrics = Metrics.service(receivers.counts(), engine.counters(), engine.graph());
    workers =
        BlockingTaskExecutor.builder()
            .threadNamePrefix("otlp-receiver")
            .numThreads(Math.max(2, Runtime.getRuntime().availableProcessors()))
            .build();
    try {
      otlpHttp = open("OTLP/HTTP", "--otlp-http-port", config.otlpHttp(), receivers::addTo);
      otlpGrpc = open("OTLP/gRPC", "--otlp-grpc-port", config.otlpGrpc(), receivers::addTo);
      graph =
          config.graph().isPresent()
              ? Optional.of(
                  open(
                      "The graph stream",
                      "--graph-port",
                      config.graph().get(),
                      server -> server.service(GraphStreamService.PATH, stream)))
              : Optional.empty();
    } catch (BindException e) {
      close();
      throw e;
    }
  }

  private Listening open(String name, String option, Port port, Consumer<ServerBuilder> routes)
      throws BindException {
    Listening opened =
        Listening.open(
            new Endpoint(name, option, port),
            host,
            routes.andThen(server ->
                server
                    .blockingTaskExecutor(workers, false)
                    .service("/readyz", HealthCheckService.of())
                    .service("/metrics", metrics)));
    listening.add(opened);
    return opened;
  }

  /// Where OTLP/HTTP is taken, such as `http://127.0.0.1:4318`.
  public URI otlpHttp() {
    return otlpHttp.uri();
  }

  /// Where OTLP/gRPC is taken, such as `http://127.0.0.1:4317`.
  public URI otlpGrpc() {
    return otlpGrpc.uri();
  }

  /// Where the graph is given out to other processes, if it is.
  public Optional<URI> graph() {
    return graph.map(Listening::uri);
  }

  /// A sentence for each port that was taken, saying which one is used instead.
  public List<String> notices() {
    return listening.stream().map(Listening::notice).filter(notice -> !notice.isEmpty()).toList();
  }

  /// The graph, for who is in the same process.
  public GraphSource source() {
    return engine.graph();
  }

  /// What became of the requests so far.
  public RequestCounts requests() {
    return receivers.counts();
  }

  /// Takes no more, answers what it has taken, ends. Within 5 s.
  @Override
  public void close() {
    stream.close();
    CompletableFuture.allOf(
            listening.stream().map(Listening::closeAsync).toArray(CompletableFuture<?>[]::new))
        .join();
    workers.shutdownNow();
    engine.close();
  }
}
