package dev.otelscope.probe.emission;

import dev.otelscope.probe.container.ContainerCgroup;
import dev.otelscope.probe.process.ProcessFacts;
import dev.otelscope.probe.process.ProcessIdentity;
import dev.otelscope.probe.process.ProcessSelection;
import dev.otelscope.probe.process.ProcessTable;
import dev.otelscope.probe.process.ProcessTrace;
import dev.otelscope.probe.process.ProcessUsage;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Processes that a test names.
final class FakeProcesses implements ProcessTable {
  private final Map<ProcessIdentity, String> names = new HashMap<>();
  private final Map<ProcessIdentity, String> cgroups = new HashMap<>();
  private final Map<ProcessIdentity, String> gone = new HashMap<>();

  void runs(ProcessIdentity process, String name) {
    names.put(process, name);
  }

  /// It was called so, and is gone.
  void wasGone(ProcessIdentity process, String name) {
    gone.put(process, name);
  }

  void isIn(String cgroup, ProcessIdentity process) {
    cgroups.put(process, cgroup);
  }

  @Override
  public Optional<ProcessFacts> facts(ProcessIdentity process) {
    return Optional.ofNullable(names.get(process))
        .map(name ->
            new ProcessFacts(
                process,
                name,
                "/usr/bin/" + name,
                List.of(name, "-v"),
                1,
                process.pid(),
                "root",
                cgroups.getOrDefault(process, "/system.slice"),
                Optional.ofNullable(cgroups.get(process)).flatMap(ContainerCgroup::in),
                "1",
                Instant.ofEpochSecond(1_000)));
  }

  @Override
  public Optional<ProcessTrace> trace(ProcessIdentity process) {
    return Optional.ofNullable(gone.get(process))
        .map(name ->
            new ProcessTrace(
                name, Optional.ofNullable(cgroups.get(process)).flatMap(ContainerCgroup::in)));
  }

  @Override
  public Optional<ProcessUsage> usage(ProcessIdentity process) {
    return names.containsKey(process)
        ? Optional.of(new ProcessUsage(1.5, 0.5, 4096, 3, OptionalInt.of(12)))
        : Optional.empty();
  }

  @Override
  public Optional<ContainerCgroup> containerOf(int pid) {
    return cgroups.keySet().stream()
        .filter(process -> process.pid() == pid)
        .findFirst()
        .flatMap(process -> facts(process))
        .flatMap(ProcessFacts::container);
  }

  @Override
  public Optional<ProcessIdentity> identityOf(int pid) {
    return names.keySet().stream().filter(process -> process.pid() == pid).findFirst();
  }

  @Override
  public Collection<ProcessIdentity> selected(ProcessSelection selection) {
    return selection.isEmpty() ? List.of() : List.copyOf(names.keySet());
  }
}
