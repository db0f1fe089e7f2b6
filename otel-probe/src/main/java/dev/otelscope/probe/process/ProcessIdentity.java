package dev.otelscope.probe.process;

/// A process that is not mistaken for a later one with the same number.
///
/// @param pid in the host's pid namespace
/// @param startTicks clock ticks between boot and its start (`/proc/<pid>/stat`, field 22)
public record ProcessIdentity(int pid, long startTicks) {}
