package dev.otelscope.server;

import static java.util.Objects.requireNonNull;

import dev.otelscope.engine.EngineConfig;
import dev.otelscope.server.receiver.ReceiverLimits;
import java.net.InetAddress;
import java.util.Optional;

/// How a processor runs.
///
/// @param host address to listen on; never a name, so that nobody is asked what it means
/// @param otlpHttp OTLP/HTTP; [#DEFAULTS] prefer 4318
/// @param otlpGrpc OTLP/gRPC; [#DEFAULTS] prefer 4317
/// @param graph the graph stream; empty for none
/// @param insecure whether `host` may be reachable from elsewhere although nobody is asked who they
///   are
public record ProcessorConfig(
    InetAddress host,
    Port otlpHttp,
    Port otlpGrpc,
    Optional<Port> graph,
    boolean insecure,
    ReceiverLimits limits,
    EngineConfig engine) {

  public static final int OTLP_HTTP_PORT = 4318;
  public static final int OTLP_GRPC_PORT = 4317;
  public static final int GRAPH_PORT = 4041;

  public static final ProcessorConfig DEFAULTS =
      new ProcessorConfig(
          address("127.0.0.1"),
          Port.preferably(OTLP_HTTP_PORT),
          Port.preferably(OTLP_GRPC_PORT),
          Optional.of(Port.exactly(GRAPH_PORT)),
          false,
          ReceiverLimits.DEFAULTS,
          EngineConfig.DEFAULTS);

  public ProcessorConfig {
    requireNonNull(otlpHttp, "otlpHttp");
    requireNonNull(otlpGrpc, "otlpGrpc");
    requireNonNull(graph, "graph");
    requireNonNull(limits, "limits");
    requireNonNull(engine, "engine");
    if (!host.isLoopbackAddress() && !insecure) {
      throw new IllegalArgumentException(
          "Listening on "
              + host.getHostAddress()
              + " would let everyone in who can reach it: use 127.0.0.1, or --insecure if that is"
              + " what you want");
    }
  }

  /// An address as it is written, or `localhost`.
  ///
  /// @throws IllegalArgumentException for anything else
  public static InetAddress address(String host) {
    if (host.equals("localhost")) {
      return InetAddress.getLoopbackAddress();
    }
    try {
      return InetAddress.ofLiteral(host);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "A host is an address such as 127.0.0.1 or ::1, not '" + host + "'", e);
    }
  }

  /// The same on these ports.
  public ProcessorConfig withPorts(Port http, Port grpc, Optional<Port> graphStream) {
    return new ProcessorConfig(host, http, grpc, graphStream, insecure, limits, engine);
  }

  public ProcessorConfig withHost(InetAddress address, boolean evenIfInsecure) {
    return new ProcessorConfig(address, otlpHttp, otlpGrpc, graph, evenIfInsecure, limits, engine);
  }

  public ProcessorConfig withLimits(ReceiverLimits bounds) {
    return new ProcessorConfig(host, otlpHttp, otlpGrpc, graph, insecure, bounds, engine);
  }

  public ProcessorConfig withEngine(EngineConfig config) {
    return new ProcessorConfig(host, otlpHttp, otlpGrpc, graph, insecure, limits, config);
  }
}
