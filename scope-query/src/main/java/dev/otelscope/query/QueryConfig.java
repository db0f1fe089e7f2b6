package dev.otelscope.query;

import static java.util.Objects.requireNonNull;

import dev.otelscope.views.ExternalService;
import java.util.List;

/// How the query service runs.
///
/// @param host address to listen on, or `localhost`; anything but loopback needs `insecure`
/// @param port to listen on; 0 for any that is free
/// @param insecure whether everybody who can reach the port may read everything
/// @param externalServices what is shown by its name instead of as the Internet or an unknown
///   endpoint
public record QueryConfig(
    String host, int port, boolean insecure, List<ExternalService> externalServices) {

  public static final String DEFAULT_HOST = "127.0.0.1";
  public static final int DEFAULT_PORT = 4040;

  public static final QueryConfig DEFAULTS =
      new QueryConfig(DEFAULT_HOST, DEFAULT_PORT, false, ExternalService.DEFAULTS);

  public QueryConfig {
    requireNonNull(host, "host");
    externalServices = List.copyOf(externalServices);
    if (host.isBlank()) {
      throw new IllegalArgumentException("host must name an address to listen on");
    }
    if (port < 0 || port > 0xFFFF) {
      throw new IllegalArgumentException("port must be 0 to 65535, not " + port);
    }
  }

  public QueryConfig withHost(String address) {
    return new QueryConfig(address, port, insecure, externalServices);
  }

  public QueryConfig withPort(int number) {
    return new QueryConfig(host, number, insecure, externalServices);
  }

  public QueryConfig withInsecure(boolean open) {
    return new QueryConfig(host, port, open, externalServices);
  }

  public QueryConfig withExternalServices(List<ExternalService> services) {
    return new QueryConfig(host, port, insecure, services);
  }
}
