package dev.otelscope.model;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/// What a client connected to, where something on the way (a load balancer's rule, a Kubernetes
/// Service) sent the packets on to somebody else.
///
/// @param port from 0 to 65535; 0 when not known
public record VirtualAddress(IpAddress address, int port) implements Comparable<VirtualAddress> {
  private static final Comparator<VirtualAddress> ORDER =
      Comparator.comparing(VirtualAddress::address).thenComparingInt(VirtualAddress::port);

  public VirtualAddress {
    requireNonNull(address, "address");
    if (port < 0 || port > 0xFFFF) {
      throw new IllegalArgumentException("a port must be from 0 to 65535, not " + port);
    }
  }

  @Override
  public int compareTo(VirtualAddress other) {
    return ORDER.compare(this, other);
  }

  /// `10.96.0.10:80`, `[fd00::10]:80`; the address alone when the port is not known.
  @Override
  public String toString() {
    if (port == 0) {
      return address.toString();
    }
    return (address.isV4() ? address : "[" + address + "]") + ":" + port;
  }
}
