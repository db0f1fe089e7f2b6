package dev.otelscope.probe.host;

import static java.util.Objects.requireNonNullElse;

import dev.otelscope.model.IpAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import oshi.SystemInfo;
import oshi.hardware.NetworkIF;
import oshi.software.os.OperatingSystem;

/// Finds out what the host consists of, by way of oshi. Too slow to be asked every second.
public final class HostInventory {
  private static final int V4_BITS = 32;

  private final List<String> localNetworks;
  private final Optional<String> nodeName;
  private final SystemInfo system = new SystemInfo();
  private final OperatingSystem os = system.getOperatingSystem();
  private final String description = os.toString();
  private final String version = requireNonNullElse(os.getVersionInfo().getVersion(), "");

  public HostInventory(List<String> localNetworks, Optional<String> nodeName) {
    this.localNetworks = List.copyOf(localNetworks);
    this.nodeName = nodeName;
  }

  /// The machine, with the interfaces of the probe's own network namespace.
  public HostFacts ofThisMachine() {
    Set<IpAddress> addresses = new TreeSet<>();
    Set<String> networks = new TreeSet<>();
    for (NetworkIF networkInterface : system.getHardware().getNetworkIFs()) {
      add(
          networkInterface.getIPv4addr(),
          networkInterface.getSubnetMasks(),
          V4_BITS,
          addresses,
          networks);
      add(
          networkInterface.getIPv6addr(),
          networkInterface.getPrefixLengths(),
          128,
          addresses,
          networks);
    }
    return facts(addresses, networks);
  }

  /// A part of the machine that plays a host: it has the addresses of its namespaces only.
  public HostFacts ofNamespaces(Collection<InterfaceAddresses> namespaces) {
    Set<IpAddress> addresses = new TreeSet<>();
    Set<String> networks = new TreeSet<>();
    for (InterfaceAddresses namespace : namespaces) {
      addresses.addAll(namespace.addresses());
      networks.addAll(namespace.networks());
    }
    return facts(addresses, networks);
  }

  private HostFacts facts(Set<IpAddress> addresses, Set<String> networks) {
    List<String> meaningful = new ArrayList<>();
    for (IpAddress address : addresses) {
      if (!address.isLoopback() && !address.isLinkLocal()) {
        meaningful.add(address.toString());
      }
    }
    return new HostFacts(
        System.getProperty("os.name").toLowerCase(Locale.ROOT),
        version,
        description,
        architecture(System.getProperty("os.arch")),
        meaningful,
        List.copyOf(networks),
        localNetworks,
        nodeName);
  }

  private static void add(
      String[] texts, Short[] prefixes, int bits, Set<IpAddress> addresses, Set<String> networks) {
    for (int i = 0; i < texts.length; i++) {
      IpAddress address = IpAddress.parse(texts[i]);
      addresses.add(address);
      if (i < prefixes.length && !address.isLoopback() && !address.isLinkLocal()) {
        networks.add(firstOf(address, prefixes[i]) + "/" + Math.min(prefixes[i], bits));
      }
    }
  }

  private static IpAddress firstOf(IpAddress address, int prefix) {
    byte[] bytes = address.toBytes();
    for (int bit = prefix; bit < bytes.length * 8; bit++) {
      bytes[bit / 8] &= (byte) ~(0x80 >>> bit % 8);
    }
    return IpAddress.ofBytes(bytes);
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
