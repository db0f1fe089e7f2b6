package dev.otelscope.probe.process;

import static java.util.Objects.requireNonNull;

import dev.otelscope.probe.container.ContainerCgroup;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a process says of itself.
///
/// @param name executable name; of an interpreter, that of its script
/// @param executablePath empty when it may not be read
/// @param commandLine words, masked; empty for a kernel thread or when it may not be read
/// @param namespacePid its pid in its own, innermost pid namespace
/// @param owner user name, or the number when it has none
/// @param cgroup path in the hierarchy that says most, see [CgroupPath]
/// @param container that this path belongs to
/// @param networkNamespace inode number in decimal, empty when it may not be read
public record ProcessFacts(
    ProcessIdentity identity,
    String name,
    String executablePath,
    List<String> commandLine,
    int parentPid,
    int namespacePid,
    String owner,
    String cgroup,
    Optional<ContainerCgroup> container,
    String networkNamespace,
    Instant created) {

  public ProcessFacts {
    requireNonNull(identity, "identity");
    requireNonNull(container, "container");
    commandLine = List.copyOf(commandLine);
  }
}
