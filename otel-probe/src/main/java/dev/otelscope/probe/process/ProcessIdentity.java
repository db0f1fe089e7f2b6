package dev.otelscope.probe.process;

import org.jspecify.annotations.Nullable;

/// A process that is not mistaken for a later one with the same number.
///
/// @param pid in the host's pid namespace
/// @param startTicks clock ticks between boot and its start (`/proc/<pid>/stat`, field 22)
public record ProcessIdentity(int pid, long startTicks) {
  // Compared for each socket of each scan; what a record has by itself goes through method handles.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ProcessIdentity that
        && pid == that.pid
        && startTicks == that.startTicks;
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(startTicks) + pid;
  }
}
