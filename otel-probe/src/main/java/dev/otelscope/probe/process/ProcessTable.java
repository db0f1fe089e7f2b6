package dev.otelscope.probe.process;

import dev.otelscope.probe.container.ContainerCgroup;
import java.util.Collection;
import java.util.Optional;

/// What is known of processes. Asked by one thread.
public interface ProcessTable {

  /// The facts of a process, read again only after it executed another program; empty once it is
  /// gone, or when its pid belongs to another process now.
  Optional<ProcessFacts> facts(ProcessIdentity process);

  /// What is left of a process whose facts could not be read; empty when nothing is.
  Optional<ProcessTrace> trace(ProcessIdentity process);

  /// What it has used up to now; empty once it is gone.
  Optional<ProcessUsage> usage(ProcessIdentity process);

  /// The container that whoever has this pid now is in; empty when it is in none.
  Optional<ContainerCgroup> containerOf(int pid);

  /// Who has this pid now; empty when nobody has.
  Optional<ProcessIdentity> identityOf(int pid);

  /// All processes that are selected now.
  Collection<ProcessIdentity> selected(ProcessSelection selection);
}
