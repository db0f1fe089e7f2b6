package dev.otelscope.probe.container;

import java.util.Map;

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

  /// Stops asking.
  @Override
  void close();
}
