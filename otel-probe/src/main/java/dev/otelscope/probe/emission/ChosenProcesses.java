package dev.otelscope.probe.emission;

import dev.otelscope.probe.container.ContainerFacts;
import dev.otelscope.probe.container.ContainerState;
import dev.otelscope.probe.container.Containers;
import dev.otelscope.probe.process.ProcessIdentity;
import dev.otelscope.probe.process.ProcessTable;
import dev.otelscope.probe.tracking.LocalEntity;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;

/// Processes that are said although they may have no connections: those that the configuration
/// names, and the main ones of containers.
final class ChosenProcesses {
  private static final long LOOK_NANOS = 5_000_000_000L;

  private final Entities entities;
  private final ProcessTable processes;
  private final Containers containers;
  private final Supplier<Collection<ProcessIdentity>> named;
  private Set<ProcessIdentity> chosen = Set.of();
  private long lookedNanos;

  /// @param named by the configuration; asked every few seconds
  ChosenProcesses(
      Entities entities,
      ProcessTable processes,
      Containers containers,
      Supplier<Collection<ProcessIdentity>> named) {
    this.entities = entities;
    this.processes = processes;
    this.containers = containers;
    this.named = named;
  }

  /// Sees to it that they are in the round.
  void offer(Round round) {
    if (round.nowNanos() - lookedNanos >= LOOK_NANOS) {
      lookedNanos = round.nowNanos();
      chosen = new LinkedHashSet<>(named.get());
      if (containers.areAllHere()) {
        containers
            .all()
            .filter(facts -> facts.state() == ContainerState.RUNNING && facts.mainPid() > 0)
            .mapToInt(ContainerFacts::mainPid)
            .forEach(pid -> processes.identityOf(pid).ifPresent(chosen::add));
      }
    }
    for (ProcessIdentity process : chosen) {
      entities.keep(entities.blockOf(new LocalEntity.OfProcess(process), ""));
    }
  }
}
