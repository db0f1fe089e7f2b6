package dev.otelscope.probe.container;

import dev.otelscope.model.Cidr;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The containers and networks of one runtime, as they are found: written by one thread, read by
/// any.
public final class FoundContainers {
  private static final int MOST = 10_000;

  private final Map<String, ContainerFacts> containers = new ConcurrentHashMap<>();
  private volatile boolean isWhole; // written by the one thread, read by anyone

  /// Networks that the runtime made for this host alone; whole values only.
  private volatile Set<Cidr> localNetworks = Set.of();

  /// All of them by id; a view that changes.
  Map<String, ContainerFacts> all() {
    return Collections.unmodifiableMap(containers);
  }

  /// Whether all that there are have been found.
  boolean isWhole() {
    return isWhole;
  }

  /// The ids of those that were found.
  public Set<String> ids() {
    return Set.copyOf(containers.keySet());
  }

  /// Puts a container in place of what was known of it; not when there are too many already.
  public void put(ContainerFacts facts) {
    String id = facts.description().id();
    if (containers.size() < MOST || containers.containsKey(id)) {
      containers.put(id, facts);
    }
  }

  /// Says that a container does not run any more, if it is known.
  public void exited(String id) {
    containers.computeIfPresent(
        id, (_, facts) -> new ContainerFacts(facts.description(), ContainerState.EXITED, 0));
  }

  /// Forgets a container.
  public void remove(String id) {
    containers.remove(id);
  }

  /// Networks that the runtime made for this host alone, as it said last.
  public Set<Cidr> localNetworks() {
    return localNetworks;
  }

  /// Says which networks the runtime has made for this host alone.
  public void localNetworks(Set<Cidr> present) {
    localNetworks = Set.copyOf(present);
  }

  /// Says that all that there are have been put.
  public void complete() {
    isWhole = true;
  }

  void clear() {
    isWhole = false;
    containers.clear();
  }
}
