package dev.otelscope.server;

import static java.util.Objects.requireNonNull;

import dev.otelscope.serving.ListenOptions;
import java.io.PrintWriter;
import java.net.BindException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
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

  @Mixin private final ListenOptions listen = new ListenOptions();
  @Mixin private final ReceiverOptions receivers = new ReceiverOptions();

  @Option(
      names = "--graph-port",
      paramLabel = "PORT",
      defaultValue = "${env:OTELSCOPE_GRAPH_PORT:-4041}",
      description = "The graph, for query services (default: 4041).")
  private int graphPort = ProcessorConfig.GRAPH_PORT;

  @Spec private @Nullable CommandSpec spec;

  /// What the options say.
  ///
  /// @throws IllegalArgumentException when they do not fit together; one sentence
  ProcessorConfig config() {
    return receivers.toConfig(listen.address(), graphPort);
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
}
