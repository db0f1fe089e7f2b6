package dev.otelscope.probe.host;

import dev.otelscope.model.IpAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Finds out what the host consists of. What stays the same until the next boot is asked once.
public final class HostInventory {
  private final List<String> localNetworks;
  private final Optional<String> nodeName;
  private final OperatingSystem system = OperatingSystem.ofThisMachine();

  /// @param localNetworks ranges that every host has for itself
  /// @param nodeName of the Kubernetes node, where it was told
  public HostInventory(List<String> localNetworks, Optional<String> nodeName) {
    this.localNetworks = List.copyOf(localNetworks);
    this.nodeName = nodeName;
  }

  /// The host whose interfaces are these.
  public HostFacts with(Collection<InterfaceAddresses> interfaces) {
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
        localNetworks,
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
