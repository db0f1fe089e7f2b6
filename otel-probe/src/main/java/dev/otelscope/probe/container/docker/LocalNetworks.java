package dev.otelscope.probe.container.docker;

import dev.otelscope.model.Cidr;
import dev.otelscope.probe.container.socket.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads what `GET /networks` answers: which address ranges mean something on this host only.
final class LocalNetworks {
  /// Others of local scope (`macvlan`, `ipvlan`) have addresses of the network around the host.
  private static final String BRIDGE = "bridge";

  private LocalNetworks() {}

  static Set<Cidr> in(List<JsonObject> networks) {
    return networks.stream()
        .filter(network -> network.text("Scope").equals("local"))
        .filter(network -> network.text("Driver").equals(BRIDGE))
        .flatMap(network -> network.object("IPAM").objects("Config").stream())
        .flatMap(range -> parse(range.text("Subnet")).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Optional<Cidr> parse(String subnet) {
    try {
      return Optional.of(Cidr.parse(subnet));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // a plugin may hand out addresses by its own rules
    }
  }
}
