package dev.otelscope.probe.connection;

import static java.util.Objects.requireNonNull;

import dev.otelscope.model.IpAddress;

/// Where clients connect to.
public record ServerAddress(IpAddress address, int port) {
  public ServerAddress {
    requireNonNull(address, "address");
  }
}
