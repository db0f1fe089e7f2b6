package dev.otelscope.probe.host;

import java.util.List;
import java.util.Optional;

/// What a host consists of.
///
/// @param osType `linux`
/// @param osVersion version of the distribution, empty when not known
/// @param architecture as the semantic conventions write it, such as `amd64`
/// @param addresses of its interfaces, without loopback and link-local ones, sorted
/// @param networks the ranges of those addresses, such as `10.0.0.0/8`, sorted
/// @param localNetworks ranges that every host has for itself
/// @param nodeName of the Kubernetes node, where it was told
public record HostFacts(
    String osType,
    String osVersion,
    String osDescription,
    String architecture,
    List<String> addresses,
    List<String> networks,
    List<String> localNetworks,
    Optional<String> nodeName) {

  public HostFacts {
    addresses = List.copyOf(addresses);
    networks = List.copyOf(networks);
    localNetworks = List.copyOf(localNetworks);
  }
}
