package dev.otelscope.server;

import static java.util.Objects.requireNonNull;

import dev.otelscope.engine.EngineConfig;
import dev.otelscope.server.receiver.ReceiverLimits;
import dev.otelscope.serving.ListenAddress;
import dev.otelscope.serving.Port;
import java.util.Optional;

/// How a processor runs.
///
/// @param host address to listen on
/// @param otlpHttp OTLP/HTTP; [#DEFAULTS] prefer 4318
/// @param otlpGrpc OTLP/gRPC; [#DEFAULTS] prefer 4317
/// @param graph the graph stream; empty for none
public record ProcessorConfig(
    ListenAddress host,
    Port otlpHttp,
    Port otlpGrpc,
    Optional<Port> graph,
    ReceiverLimits limits,
    EngineConfig engine) {

  public static final int OTLP_HTTP_PORT = 4318;
  public static final int OTLP_GRPC_PORT = 4317;
  public static final int GRAPH_PORT = 4041;

  public static final ProcessorConfig DEFAULTS =
      new ProcessorConfig(
          ListenAddress.LOOPBACK,
          Port.preferably(OTLP_HTTP_PORT),
          Port.preferably(OTLP_GRPC_PORT),
          Optional.of(Port.exactly(GRAPH_PORT)),
          ReceiverLimits.DEFAULTS,
          EngineConfig.DEFAULTS);

  public ProcessorConfig {
    requireNonNull(host, "host");
    requireNonNull(otlpHttp, "otlpHttp");
    requireNonNull(otlpGrpc, "otlpGrpc");
    requireNonNull(graph, "graph");
    requireNonNull(limits, "limits");
    requireNonNull(engine, "engine");
  }

  /// The same on these ports.
  public ProcessorConfig withPorts(Port http, Port grpc, Optional<Port> graphStream) {
    return new ProcessorConfig(host, http, grpc, graphStream, limits, engine);
  }

  public ProcessorConfig withHost(ListenAddress address) {
    return new ProcessorConfig(address, otlpHttp, otlpGrpc, graph, limits, engine);
  }

  public ProcessorConfig withLimits(ReceiverLimits bounds) {
    return new ProcessorConfig(host, otlpHttp, otlpGrpc, graph, bounds, engine);
  }

  public ProcessorConfig withEngine(EngineConfig config) {
    return new ProcessorConfig(host, otlpHttp, otlpGrpc, graph, limits, config);
  }
}
