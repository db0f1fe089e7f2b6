package dev.otelscope.probe.container;

import java.util.Locale;

/// What a container is doing; the words of the Docker Engine API.
public enum ContainerState {
  CREATED,
  RUNNING,
  PAUSED,
  RESTARTING,
  EXITED,
  /// The runtime gave up on removing it.
  DEAD;

  /// In lower case, as on the wire.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
