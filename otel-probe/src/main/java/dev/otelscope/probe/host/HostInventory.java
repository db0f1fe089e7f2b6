package dev.otelscope.probe.host;

import dev.otelscope.model.Cidr;
import dev.otelscope.model.IpAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Finds out what the host consists of. What stays the same until the next boot is asked once.
public final class HostInventory {
  private final Optional<String> nodeName;
  private final OperatingSystem system = OperatingSystem.ofThisMachine();

  /// @param nodeName of the Kubernetes node, where it was told
  public HostInventory(Optional<String> nodeName) {
    this.nodeName = nodeName;
  }

  /// The host whose interfaces are these.
  ///
  /// @param localNetworks ranges that every host has for itself
  public HostFacts with(Collection<InterfaceAddresses> interfaces, Set<Cidr> localNetworks) {
    TreeSet<IpAddress> addresses = new TreeSet<>();
    TreeSet<String> networks = new TreeSet<>();
    for (InterfaceAddresses some : interfaces) {
      addresses.addAll(some.addresses());
      networks.addAll(some.networks());
    }
    return new HostFacts(
        system.type(),
        system.version(),
        system.description(),
        architecture(System.getProperty("os.arch")),
        addresses.stream()
            .filter(address -> !address.isLoopback() && !address.isLinkLocal())
            .map(IpAddress::toString)
            .toList(),
        List.copyOf(networks),
        localNetworks.stream().map(Cidr::toString).sorted().toList(),
        nodeName);
  }

  /// `host.arch` of the semantic conventions.
  static String architecture(String javaName) {
    return switch (javaName) {
      case "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      default -> javaName;
    };
  }
}
