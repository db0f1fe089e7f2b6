package dev.otelscope.query;

import static java.util.Objects.requireNonNull;

import dev.otelscope.graphstream.RemoteGraphSource;
import dev.otelscope.views.ExternalService;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
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

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "${env:OTELSCOPE_HOST:-127.0.0.1}",
      description = "Address to listen on (default: 127.0.0.1).")
  private String host = QueryConfig.DEFAULT_HOST;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "${env:OTELSCOPE_PORT:-4040}",
      description = "Port of the page and the API, 0 for any free one (default: 4040).")
  private int port = QueryConfig.DEFAULT_PORT;

  @Option(
      names = "--graph",
      paramLabel = "URL",
      defaultValue = "${env:OTELSCOPE_GRAPH:-http://127.0.0.1:4041}",
      description = "The processor's graph (default: http://127.0.0.1:4041).")
  private URI graph = URI.create("http://127.0.0.1:4041");

  @Option(
      names = "--insecure",
      defaultValue = "${env:OTELSCOPE_INSECURE:-false}",
      description =
          "Allow an address that others can reach, although nobody is asked who they are.")
  private boolean insecure;

  @Option(
      names = "--external",
      paramLabel = "NAME=NETWORK,…",
      split = ";",
      defaultValue = "${env:OTELSCOPE_EXTERNAL:-}",
      description =
          "Show addresses outside by a name, such as 'payments=192.0.2.0/24'; repeatable.")
  private List<String> external = List.of();

  @Spec private @Nullable CommandSpec spec;

  /// What the options say.
  ///
  /// @throws IllegalArgumentException when they cannot be followed; one sentence
  QueryConfig config() {
    List<ExternalService> services = new ArrayList<>();
    external.stream()
        .filter(text -> !text.isBlank())
        .map(ExternalService::parse)
        .forEach(services::add);
    services.addAll(ExternalService.DEFAULTS);
    return QueryConfig.DEFAULTS
        .withHost(host)
        .withPort(port)
        .withInsecure(insecure)
        .withExternalServices(services);
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
