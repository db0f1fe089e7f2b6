package dev.otelscope.probe.tracking;

import dev.otelscope.model.AddressScope.Reach;
import dev.otelscope.model.Cidr;
import dev.otelscope.model.IpAddress;
import java.util.Set;

/// How far the addresses of a connection mean the same.
///
/// @param localNetworks networks that every host has for itself, such as the bridges of a container
///   runtime
public record Reaches(Set<Cidr> localNetworks) {

  /// No network is known to be local to the host.
  public static final Reaches WITHOUT_LOCAL_NETWORKS = new Reaches(Set.of());

  public Reaches {
    localNetworks = Set.copyOf(localNetworks);
  }

  /// The reach of a connection: that of whichever address reaches less far.
  public Reach of(IpAddress one, IpAddress other) {
    Reach first = of(one);
    Reach second = of(other);
    return first.compareTo(second) >= 0 ? first : second;
  }

  /// The reach of an address.
  public Reach of(IpAddress address) {
    if (isOfNamespace(address)) {
      return Reach.NAMESPACE;
    }
    for (Cidr network : localNetworks) {
      if (network.contains(address)) {
        return Reach.HOST;
      }
    }
    return Reach.GLOBAL;
  }

  /// Whether every network namespace has the address for itself.
  static boolean isOfNamespace(IpAddress address) {
    return address.isLoopback() || address.isLinkLocal();
  }
}
