package dev.otelscope.model;

import static java.util.Objects.requireNonNull;

/// A listening socket of an entity. One that is bound to all addresses is said once per address.
public record Listener(IpAddress address, int port, Transport transport)
    implements Comparable<Listener> {

  public Listener {
    requireNonNull(address, "address");
    requireNonNull(transport, "transport");
  }

  @Override
  public int compareTo(Listener other) {
    int byPort = Integer.compare(port, other.port);
    if (byPort != 0) {
      return byPort;
    }
    int byTransport = transport.compareTo(other.transport);
    return byTransport != 0 ? byTransport : address.compareTo(other.address);
  }
}
