package dev.otelscope.probe;

import static dev.otelscope.probe.kernel.Capability.DAC_READ_SEARCH;
import static dev.otelscope.probe.kernel.Capability.NET_ADMIN;
import static dev.otelscope.probe.kernel.Capability.SYS_ADMIN;
import static dev.otelscope.probe.kernel.Capability.SYS_PTRACE;

import dev.otelscope.probe.connection.Tier;
import dev.otelscope.probe.kernel.Capability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What this process may not see although its tier works. A process gains no capabilities, so it is
/// found out once.
final class Limits {
  /// Always there, but where procfs hides the processes of others.
  private static final Path FIRST_PROCESS = Path.of("/proc/1");

  private final Optional<String> toReadProcesses = Capability.lacking(SYS_PTRACE, DAC_READ_SEARCH);
  private final Optional<String> toListProcesses =
      Files.exists(FIRST_PROCESS) ? Optional.empty() : Capability.lacking(SYS_PTRACE);
  private final Optional<String> toEnterNamespaces = Capability.lacking(SYS_ADMIN, SYS_PTRACE);
  private final Optional<String> forRoom = Capability.lacking(NET_ADMIN);

  /// Clauses for a person, each with what to give. Without numbers, so that they change only when
  /// there is something else to do.
  ///
  /// @param unreadableProcesses whether some process could not be looked into
  /// @param unseenNamespaces whether some network namespace could not be found or entered
  List<String> of(Tier tier, boolean unreadableProcesses, boolean unseenNamespaces) {
    List<String> limits = new ArrayList<>();
    toListProcesses.ifPresent(
        advice -> limits.add("/proc hides the processes of other users from it: " + advice));
    if (unreadableProcesses) {
      toReadProcesses.ifPresent(advice ->
          limits.add(
              "it may not look into some processes, whose connections have no process then: "
                  + advice));
    }
    boolean ofAllNamespaces = tier == Tier.EBPF || tier == Tier.SOCK_DIAG;
    if (ofAllNamespaces && unseenNamespaces) {
      toEnterNamespaces.ifPresent(advice ->
          limits.add("it does not know the addresses of some network namespaces: " + advice));
    }
    if (tier == Tier.SOCK_DIAG) {
      forRoom.ifPresent(advice ->
          limits.add(
              "it has little room for events, so it misses short connections when they are many: "
                  + advice));
    }
    return limits;
  }
}
