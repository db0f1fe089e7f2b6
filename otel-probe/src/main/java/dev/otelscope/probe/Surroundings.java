package dev.otelscope.probe;

import dev.otelscope.probe.host.HostFacts;
import dev.otelscope.probe.host.HostInventory;
import dev.otelscope.probe.host.InterfaceAddresses;
import dev.otelscope.probe.host.NamespaceAddresses;
import dev.otelscope.probe.kernel.KernelException;
import dev.otelscope.probe.kernel.NamespaceSelection;
import dev.otelscope.probe.kernel.NetworkNamespaces;
import dev.otelscope.probe.tracking.ConnectionTracker;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What changes rarely, looked at now and then: the addresses of the host and its namespaces.
final class Surroundings implements AutoCloseable {
  private final HostInventory inventory;
  private final NamespaceAddresses addresses;
  private final Optional<String> hostNamespace;
  private HostFacts host;

  private Surroundings(
      HostInventory inventory, NamespaceAddresses addresses, Optional<String> hostNamespace) {
    this.inventory = inventory;
    this.addresses = addresses;
    this.hostNamespace = hostNamespace;
    this.host = inventory.with(List.of());
  }

  /// @param selection a part of the machine plays a host that has all addresses of that part; the
  ///   whole machine has those of the namespace that the probe runs in
  /// @throws KernelException when `/proc` is not mounted
  static Surroundings of(HostInventory inventory, NamespaceSelection selection)
      throws KernelException {
    return new Surroundings(
        inventory,
        NamespaceAddresses.of(selection),
        selection.equals(NamespaceSelection.ALL)
            ? Optional.of(Long.toString(NetworkNamespaces.own()))
            : Optional.empty());
  }

  /// The host as of the last look.
  HostFacts host() {
    return host;
  }

  /// Looks again, and tells the tracker which addresses are whose.
  void look(ConnectionTracker tracker) {
    Map<String, InterfaceAddresses> found = addresses.read();
    found.forEach((namespace, some) -> tracker.addressesOf(namespace, some.addresses()));
    Collection<InterfaceAddresses> own =
        hostNamespace.isPresent()
            ? Optional.ofNullable(found.get(hostNamespace.get())).stream().toList()
            : found.values();
    host = inventory.with(own);
  }

  @Override
  public void close() {
    addresses.close();
  }
}
