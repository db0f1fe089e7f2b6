package dev.otelscope.probe.container;

import static java.util.Objects.requireNonNull;

/// What a runtime says of one of its containers.
///
/// @param state changes often, and is no part of what describes it
/// @param mainPid of its first process, in the host's pid namespace; 0 while it has none
public record ContainerFacts(ContainerDescription description, ContainerState state, int mainPid) {

  public ContainerFacts {
    requireNonNull(description, "description");
    requireNonNull(state, "state");
    if (mainPid < 0) {
      throw new IllegalArgumentException("a pid is 0 or more, not " + mainPid);
    }
  }
}
