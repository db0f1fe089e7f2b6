package dev.otelscope.probe.process;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/// What a process says of itself.
///
/// @param name executable name; of an interpreter, that of its script
/// @param executablePath empty when it may not be read
/// @param commandLine words, masked; empty for a kernel thread or when it may not be read
/// @param namespacePid its pid in its own, innermost pid namespace
/// @param owner user name, or the number when it has none
/// @param cgroup path in the (unified, else first) hierarchy
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
    String networkNamespace,
    Instant created) {

  public ProcessFacts {
    requireNonNull(identity, "identity");
    commandLine = List.copyOf(commandLine);
  }
}
