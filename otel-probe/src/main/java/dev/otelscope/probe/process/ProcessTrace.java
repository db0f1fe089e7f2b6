package dev.otelscope.probe.process;

import static java.util.Objects.requireNonNull;

import dev.otelscope.probe.container.ContainerCgroup;
import java.util.Optional;

/// What is left of a process that was gone before `/proc` could be asked.
///
/// @param name as the kernel has it: the first 15 bytes of what was executed, unless the process
///   called itself something else
/// @param container that its control group belongs to; its path has the innermost groups only
public record ProcessTrace(String name, Optional<ContainerCgroup> container) {
  public ProcessTrace {
    requireNonNull(name, "name");
    requireNonNull(container, "container");
  }
}
