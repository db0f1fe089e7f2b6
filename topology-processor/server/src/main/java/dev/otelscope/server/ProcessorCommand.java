package dev.otelscope.server;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.net.BindException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `processor`: runs a processor until the program is asked to end.
@Command(
    name = "processor",
    description = "Takes OTLP, makes the graph, gives it out.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class ProcessorCommand implements Callable<Integer> {

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "${env:OTELSCOPE_HOST:-127.0.0.1}",
      description = "Address to listen on (default: 127.0.0.1).")
  private String host = "127.0.0.1";

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

  @Option(
      names = "--graph-port",
      paramLabel = "PORT",
      defaultValue = "${env:OTELSCOPE_GRAPH_PORT:-4041}",
      description = "The graph, for query services (default: 4041).")
  private int graphPort = ProcessorConfig.GRAPH_PORT;

  @Option(
      names = "--insecure",
      defaultValue = "${env:OTELSCOPE_INSECURE:-false}",
      description =
          "Allow an address that others can reach, although nobody is asked who they are.")
  private boolean insecure;

  @Spec private @Nullable CommandSpec spec;

  /// What the options say.
  ///
  /// @throws IllegalArgumentException when they do not fit together; one sentence
  ProcessorConfig config() {
    return ProcessorConfig.DEFAULTS
        .withHost(ProcessorConfig.address(host), insecure)
        .withPorts(
            port(otlpHttpPort, ProcessorConfig.OTLP_HTTP_PORT),
            port(otlpGrpcPort, ProcessorConfig.OTLP_GRPC_PORT),
            Optional.of(Port.exactly(graphPort)));
  }

  /// Returns when the thread is interrupted; otherwise the end of the program closes the processor.
  @Override
  public Integer call() throws InterruptedException {
    CommandSpec command = requireNonNull(spec, "run by picocli only");
    PrintWriter out = command.commandLine().getOut();
    try (Processor processor = Processor.start(config())) {
      Thread closing = new Thread(processor::close, "shutdown");
      Runtime.getRuntime().addShutdownHook(closing);
      processor.notices().forEach(out::println);
      out.println("OTLP/HTTP  " + processor.otlpHttp());
      out.println("OTLP/gRPC  " + processor.otlpGrpc());
      processor.graph().ifPresent(uri -> out.println("graph      " + uri));
      out.flush();
      new CountDownLatch(1).await();
    } catch (BindException | IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
    return ExitCode.OK;
  }

  private static Port port(@Nullable Integer said, int standard) {
    return said == null ? Port.preferably(standard) : Port.exactly(said);
  }
}
