package dev.otelscope.probe;

import dev.otelscope.model.Cidr;
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
import java.util.Set;
import java.util.function.Supplier;

/// What changes rarely, looked at now and then: the addresses of the host and its namespaces, and
/// the networks that it has for itself.
final class Surroundings implements AutoCloseable {
  private final HostInventory inventory;
  private final NamespaceAddresses addresses;
  private final Optional<String> hostNamespace;
  private final Supplier<Set<Cidr>> localNetworks;
  private Set<Cidr> localNetworksThen = Set.of();
  private HostFacts host;

  private Surroundings(
      HostInventory inventory,
      NamespaceAddresses addresses,
      Optional<String> hostNamespace,
      Supplier<Set<Cidr>> localNetworks) {
    this.inventory = inventory;
    this.addresses = addresses;
    this.hostNamespace = hostNamespace;
    this.localNetworks = localNetworks;
    this.host = inventory.with(List.of(), localNetworksThen);
  }

  /// @param selection a part of the machine plays a host that has all addresses of that part; the
  ///   whole machine has those of the namespace that the probe runs in
  /// @param localNetworks networks that every host has for itself, as far as they are known by now
  /// @throws KernelException when `/proc` is not mounted
  static Surroundings of(
      HostInventory inventory, NamespaceSelection selection, Supplier<Set<Cidr>> localNetworks)
      throws KernelException {
    return new Surroundings(
        inventory,
        NamespaceAddresses.of(selection),
        selection.equals(NamespaceSelection.ALL)
            ? Optional.of(Long.toString(NetworkNamespaces.own()))
            : Optional.empty(),
        localNetworks);
  }

  /// The host as of the last look.
  HostFacts host() {
    return host;
  }

  /// Whether something became known since the last look that the next one should not wait for.
  boolean areOutdated() {
    return !localNetworks.get().equals(localNetworksThen);
  }

  /// Looks again, and tells the tracker which addresses are whose and how far they mean the same.
  void look(ConnectionTracker tracker) {
    localNetworksThen = localNetworks.get();
    tracker.localNetworks(localNetworksThen);
    Map<String, InterfaceAddresses> found = addresses.read();
    found.forEach((namespace, some) -> tracker.addressesOf(namespace, some.addresses()));
    Collection<InterfaceAddresses> own =
        hostNamespace.isPresent()
            ? Optional.ofNullable(found.get(hostNamespace.get())).stream().toList()
            : found.values();
    host = inventory.with(own, localNetworksThen);
  }

  /// Whether the last look missed some network namespace.
  boolean areIncomplete() {
    return addresses.unseen() > 0;
  }

  @Override
  public void close() {
    addresses.close();
  }
}
