package dev.otelscope.query;

import static java.util.Objects.requireNonNull;

import dev.otelscope.graphstream.RemoteGraphSource;
import dev.otelscope.serving.ListenOptions;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.URI;
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

/// `query`: serves the map of a processor that runs elsewhere, until the program is asked to end.
@Command(
    name = "query",
    description = "Serves the map: HTTP API, live streams and the page.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class QueryCommand implements Callable<Integer> {

  @Mixin private final ListenOptions listen = new ListenOptions();
  @Mixin private final QueryOptions options = new QueryOptions();

  @Option(
      names = "--graph",
      paramLabel = "URL",
      defaultValue = "${env:OTELSCOPE_GRAPH:-http://127.0.0.1:4041}",
      description = "The processor's graph (default: http://127.0.0.1:4041).")
  private URI graph = URI.create("http://127.0.0.1:4041");

  @Spec private @Nullable CommandSpec spec;

  /// What the options say.
  ///
  /// @throws IllegalArgumentException when they cannot be followed; one sentence
  QueryConfig config() {
    return options.toConfig(listen.address());
  }

  /// @throws IllegalArgumentException when it is no URL of a processor; one sentence
  URI graph() {
    if (!"http".equals(graph.getScheme()) || graph.getHost() == null) {
      throw new IllegalArgumentException(
          "A graph is at a URL such as http://127.0.0.1:4041, not '" + graph + "'");
    }
    return graph;
  }

  /// Returns when the thread is interrupted; otherwise the end of the program closes everything.
  @Override
  public Integer call() throws InterruptedException {
    CommandSpec command = requireNonNull(spec, "run by picocli only");
    PrintWriter out = command.commandLine().getOut();
    try (RemoteGraphSource source = RemoteGraphSource.connect(graph());
        QueryServer server =
            QueryServer.start(config(), source, () -> source.connection().connected())) {
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
      out.println("map        " + server.uri());
      out.println("graph from " + graph());
      out.flush();
      new CountDownLatch(1).await();
    } catch (BindException | IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
    }
    return ExitCode.OK;
  }
}
