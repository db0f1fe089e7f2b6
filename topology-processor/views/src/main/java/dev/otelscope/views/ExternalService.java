package dev.otelscope.views;

import dev.otelscope.model.IpAddress;
import java.util.List;

/// Something outside that is known by where it is, and is shown by its name.
///
/// @param name shown, and part of the node's id
/// @param networks any of which an address must be in; at least one
public record ExternalService(String name, List<IpNetwork> networks) {

  /// Known everywhere: the address at which clouds tell an instance about itself.
  public static final List<ExternalService> DEFAULTS =
      List.of(parse("Cloud instance metadata=169.254.169.254,fd00:ec2::254,fd20:ce::254"));

  public ExternalService {
    networks = List.copyOf(networks);
    if (name.isBlank() || networks.isEmpty()) {
      throw new IllegalArgumentException("an external service needs a name and a network");
    }
  }

  /// Reads `name=network,network`, a network being an address or a CIDR.
  ///
  /// @throws IllegalArgumentException when `text` is anything else
  public static ExternalService parse(String text) {
    int equals = text.indexOf('=');
    if (equals <= 0) {
      throw new IllegalArgumentException(
          "an external service is 'name=network,network', not '" + text + "'");
    }
    return new ExternalService(
        text.substring(0, equals).strip(),
        List.of(text.substring(equals + 1).split(",")).stream()
            .map(ExternalService::network)
            .toList());
  }

  boolean isAt(IpAddress address) {
    return networks.stream().anyMatch(network -> network.contains(address));
  }

  private static IpNetwork network(String text) {
    return IpNetwork.parse(text.strip())
        .orElseThrow(() ->
            new IllegalArgumentException(
                "'" + text.strip() + "' is not a network such as 192.0.2.0/24"));
  }
}
