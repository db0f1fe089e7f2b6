package dev.otelscope.query;

import static java.util.Objects.requireNonNull;

import dev.otelscope.serving.ListenAddress;
import dev.otelscope.serving.Port;
import dev.otelscope.views.ExternalService;
import java.util.List;

/// How the query service runs.
///
/// @param host address to listen on; when it is insecure, everybody who can reach it may read
///   everything
/// @param port to listen on
/// @param externalServices what is shown by its name instead of as the Internet or an unknown
///   endpoint
public record QueryConfig(ListenAddress host, Port port, List<ExternalService> externalServices) {

  public static final int DEFAULT_PORT = 4040;

  public static final QueryConfig DEFAULTS =
      new QueryConfig(ListenAddress.LOOPBACK, Port.exactly(DEFAULT_PORT), ExternalService.DEFAULTS);

  public QueryConfig {
    requireNonNull(host, "host");
    requireNonNull(port, "port");
    externalServices = List.copyOf(externalServices);
  }

  public QueryConfig withHost(ListenAddress address) {
    return new QueryConfig(address, port, externalServices);
  }

  /// The same on exactly this port; 0 for any free one.
  public QueryConfig withPort(int number) {
    return new QueryConfig(host, Port.exactly(number), externalServices);
  }

  public QueryConfig withExternalServices(List<ExternalService> services) {
    return new QueryConfig(host, port, services);
  }
}
