package dev.otelscope.probe.host;

import java.util.Map;

/// How busy the host is.
///
/// @param cpuSeconds since boot, by `cpu.mode`
/// @param memoryBytes by `system.memory.state`
/// @param load mean number of threads that ran or waited to run, of the last minute
public record HostUsage(
    Map<String, Double> cpuSeconds,
    Map<String, Long> memoryBytes,
    long memoryLimitBytes,
    double load) {

  public HostUsage {
    cpuSeconds = Map.copyOf(cpuSeconds);
    memoryBytes = Map.copyOf(memoryBytes);
  }
}
