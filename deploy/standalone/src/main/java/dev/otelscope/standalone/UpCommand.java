package dev.otelscope.standalone;

import dev.otelscope.probe.ProbeOptions;
import dev.otelscope.query.QueryConfig;
import dev.otelscope.server.Port;
import dev.otelscope.server.ProcessorConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `scope up`: everything in one process, until it is told to stop.
@Command(
    name = "up",
    description = "Shows this machine: probe, processor, query service and page in one process.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class UpCommand implements Callable<Integer> {
  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "Address to listen on (default: 127.0.0.1).")
  private String host = QueryConfig.DEFAULT_HOST;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The page and the API (default: 4040); 0, here and below: any free port.")
  private int port = QueryConfig.DEFAULT_PORT;

  @Option(
      names = "--otlp-http-port",
      paramLabel = "PORT",
      description = "OTLP/HTTP (default: 4318, or any free one when that is taken).")
  private @Nullable Integer otlpHttpPort;

  @Option(
      names = "--otlp-grpc-port",
      paramLabel = "PORT",
      description = "OTLP/gRPC (default: 4317, or any free one when that is taken).")
  private @Nullable Integer otlpGrpcPort;

  @Option(
      names = "--graph-port",
      paramLabel = "PORT",
      description = "The graph, for query services elsewhere (default: any free port).")
  private int graphPort;

  @Option(
      names = "--insecure",
      description =
          "Allow an address that others can reach, although nobody is asked who they are.")
  private boolean insecure;

  @Option(
      names = "--no-probe",
      description = "Do not look at this machine; only show what others send.")
  private boolean noProbe;

  @Option(
      names = "--ready-file",
      paramLabel = "FILE",
      description = "Written when everything answers: JSON with the URLs and the process id.")
  private @Nullable Path readyFile;

  @Mixin private final ProbeOptions probe = new ProbeOptions();

  /// What the options say.
  ///
  /// @throws StartException when they do not fit together
  Up.Config config(Map<String, String> environment) throws StartException {
    try {
      return new Up.Config(
          ProcessorConfig.DEFAULTS
              .withHost(ProcessorConfig.address(host), insecure)
              .withPorts(
                  portOr(ProcessorConfig.OTLP_HTTP_PORT, otlpHttpPort),
                  portOr(ProcessorConfig.OTLP_GRPC_PORT, otlpGrpcPort),
                  Optional.of(Port.exactly(graphPort))),
          QueryConfig.DEFAULTS.withHost(host).withPort(port).withInsecure(insecure),
          noProbe ? Optional.empty() : Optional.of(probe.toConfig(environment)));
    } catch (IllegalArgumentException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Port portOr(int usual, @Nullable Integer said) {
    return said == null ? Port.preferably(usual) : Port.exactly(said);
  }

  @Override
  public Integer call() throws StartException, InterruptedException {
    Up up = start();
    Shutdown.close(up);
    new Readiness(up.url()).await();
    up.notices().forEach(System.out::println);
    if (readyFile != null) {
      up.whereabouts().write(readyFile);
    }
    System.out.println("OTel Scope is ready at " + up.url());
    new CountDownLatch(1).await(); // until the process is told to stop
    return 0;
  }

  private Up start() throws StartException {
    try {
      return Up.start(config(System.getenv()));
    } catch (IOException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }
}
