package dev.otelscope.probe.container;

import dev.otelscope.model.Cidr;
import java.util.Map;
import java.util.Set;

/// A program that runs containers and can be asked about them.
///
/// An implementation asks on threads of its own, comes back by itself when the program was away,
/// and bounds what it keeps. Its methods may be called by any thread and never wait.
public interface ContainerRuntime extends AutoCloseable {

  /// What a person calls it, with where it is asked: `docker at /run/docker.sock`.
  String name();

  /// Whether it is still to say which containers there are. It is not while nobody answers.
  boolean isAsked();

  /// Its containers by id, also those that do not run; empty while nobody answers. A container that
  /// started, stopped, paused or was renamed is so here within two seconds.
  Map<String, ContainerFacts> containers();

  /// Networks that it made for this host alone, such as bridges behind which addresses are
  /// translated: other hosts may use the same addresses for others. While nobody answers, those of
  /// before. A runtime whose networks mean the same everywhere has none.
  default Set<Cidr> localNetworks() {
    return Set.of();
  }

  /// Stops asking.
  @Override
  void close();
}
