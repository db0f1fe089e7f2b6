package dev.otelscope.probe.container;

import dev.otelscope.model.Cidr;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What all runtimes of this host say together. For any thread.
public final class Containers implements AutoCloseable {
  /// No runtime is asked: containers are known by their control groups only.
  public static final Containers WITHOUT_RUNTIME = new Containers(List.of(), true);

  private final List<ContainerRuntime> runtimes;
  private final boolean areAllHere;

  /// @param runtimes closed with this
  /// @param areAllHere see [#areAllHere]
  public Containers(List<? extends ContainerRuntime> runtimes, boolean areAllHere) {
    this.runtimes = List.copyOf(runtimes);
    this.areAllHere = areAllHere;
  }

  /// All containers, also those that do not run; one that several runtimes know comes several
  /// times.
  public Stream<ContainerFacts> all() {
    return runtimes.stream().flatMap(runtime -> runtime.containers().values().stream());
  }

  /// Whether all of them belong to what the probe looks at. When that is a part of the machine
  /// only, those do that it meets there.
  public boolean areAllHere() {
    return areAllHere;
  }

  /// Whether some runtime is there, so that a container that nobody knows may have a name soon.
  public boolean maySoonKnowMore() {
    return runtimes.stream()
        .anyMatch(runtime -> runtime.isAsked() || !runtime.containers().isEmpty());
  }

  /// Networks that some runtime made for this host alone.
  public Set<Cidr> localNetworks() {
    return runtimes.stream()
        .flatMap(runtime -> runtime.localNetworks().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void close() {
    runtimes.forEach(ContainerRuntime::close);
  }
}
