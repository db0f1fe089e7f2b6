package dev.otelscope.server;

import dev.otelscope.serving.ListenAddress;
import dev.otelscope.serving.Port;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of a program that receives OTLP.
public final class ReceiverOptions {
  @Option(
      names = "--otlp-http-port",
      paramLabel = "PORT",
      defaultValue = "${env:OTELSCOPE_OTLP_HTTP_PORT}",
      description = "OTLP/HTTP (default: 4318, or any free one when that is taken).")
  private @Nullable Integer otlpHttpPort;

  @Option(
      names = "--otlp-grpc-port",
      paramLabel = "PORT",
      defaultValue = "${env:OTELSCOPE_OTLP_GRPC_PORT}",
      description = "OTLP/gRPC (default: 4317, or any free one when that is taken).")
  private @Nullable Integer otlpGrpcPort;

  /// What the options say, for a processor that gives its graph out on `graphPort`.
  ///
  /// @throws IllegalArgumentException when a port is none; one sentence
  public ProcessorConfig toConfig(ListenAddress host, int graphPort) {
    return ProcessorConfig.DEFAULTS
        .withHost(host)
        .withPorts(
            port(otlpHttpPort, ProcessorConfig.OTLP_HTTP_PORT),
            port(otlpGrpcPort, ProcessorConfig.OTLP_GRPC_PORT),
            Optional.of(Port.exactly(graphPort)));
  }

  private static Port port(@Nullable Integer said, int standard) {
    return said == null ? Port.preferably(standard) : Port.exactly(said);
  }
}
