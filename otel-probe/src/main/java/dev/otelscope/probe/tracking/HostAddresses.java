package dev.otelscope.probe.tracking;

import dev.otelscope.model.IpAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Which addresses are this host's, and in which of its network namespaces. Learned from what
/// sockets are bound to, and from whoever reads the interfaces.
final class HostAddresses {
  /// More than any host has; reached only when a program binds to arbitrary addresses.
  private static final int LIMIT = 65_536;

  private final Map<IpAddress, Set<String>> namespaces = new HashMap<>();
  private final Map<String, Set<IpAddress>> addresses = new HashMap<>();
  private final Map<String, Set<IpAddress>> interfaces = new HashMap<>();

  void add(String namespace, IpAddress address) {
    if (address.isUnspecified() || address.isMulticast()) {
      return;
    }
    Set<IpAddress> known = addresses.computeIfAbsent(namespace, name -> new HashSet<>());
    if (known.size() < LIMIT && known.add(address)) {
      namespaces.computeIfAbsent(address, key -> new HashSet<>(2)).add(namespace);
    }
  }

  /// What the interfaces of a namespace have now.
  void interfacesOf(String namespace, Set<IpAddress> present) {
    if (!present.equals(interfaces.put(namespace, Set.copyOf(present)))) {
      present.forEach(address -> add(namespace, address));
    }
  }

  /// The namespace is gone.
  void forget(String namespace) {
    interfaces.remove(namespace);
    Set<IpAddress> known = addresses.remove(namespace);
    if (known != null) {
      for (IpAddress address : known) {
        namespaces.computeIfPresent(
            address,
            (key, names) -> {
              names.remove(namespace);
              return names.isEmpty() ? null : names;
            });
      }
    }
  }

  /// The addresses that a socket bound to all of them has: those of the interfaces, else those that
  /// sockets were seen to use.
  Set<IpAddress> of(String namespace) {
    Set<IpAddress> present = interfaces.get(namespace);
    return present == null ? addresses.getOrDefault(namespace, Set.of()) : present;
  }

  /// Where `address` may be, seen from a namespace: loopback is always one's own.
  Set<String> namespacesOf(IpAddress address, String from) {
    if (Reaches.isOfNamespace(address)) {
      return Set.of(from);
    }
    return namespaces.getOrDefault(address, Set.of());
  }

  /// Whether several namespaces have the address, as those of two networks may that know nothing of
  /// each other.
  boolean isInSeveral(IpAddress address) {
    return namespaces.getOrDefault(address, Set.of()).size() > 1;
  }
}
