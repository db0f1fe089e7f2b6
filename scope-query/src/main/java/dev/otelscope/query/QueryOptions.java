package dev.otelscope.query;

import dev.otelscope.serving.ListenAddress;
import dev.otelscope.views.ExternalService;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// The options of a program that serves the map.
public final class QueryOptions {
  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "${env:OTELSCOPE_PORT:-4040}",
      description = "Port of the page and the API, 0 for any free one (default: 4040).")
  private int port = QueryConfig.DEFAULT_PORT;

  @Option(
      names = "--external",
      paramLabel = "NAME=NETWORK,…",
      split = ";",
      defaultValue = "${env:OTELSCOPE_EXTERNAL:-}",
      description =
          "Show addresses outside by a name, such as 'payments=192.0.2.0/24'; repeatable.")
  private List<String> external = List.of();

  /// What the options say.
  ///
  /// @throws IllegalArgumentException when they cannot be followed; one sentence
  public QueryConfig toConfig(ListenAddress host) {
    List<ExternalService> services = new ArrayList<>();
    external.stream()
        .filter(text -> !text.isBlank())
        .map(ExternalService::parse)
        .forEach(services::add);
    services.addAll(ExternalService.DEFAULTS);
    return QueryConfig.DEFAULTS.withHost(host).withPort(port).withExternalServices(services);
  }
}
