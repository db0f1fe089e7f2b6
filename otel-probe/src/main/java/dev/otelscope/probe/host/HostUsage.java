package dev.otelscope.probe.host;

import dev.otelscope.probe.kernel.NetworkDevices.Traffic;
import java.util.Map;

/// How busy the host is.
///
/// @param cpuSeconds since boot, by `cpu.mode`
/// @param memoryBytes by `system.memory.state`
/// @param networks what went through network devices, by name, since they are there
/// @param load mean number of threads that ran or waited to run, of the last minute
public record HostUsage(
    Map<String, Double> cpuSeconds,
    Map<String, Long> memoryBytes,
    long memoryLimitBytes,
    Map<String, Traffic> networks,
    double load) {

  public HostUsage {
    cpuSeconds = Map.copyOf(cpuSeconds);
    memoryBytes = Map.copyOf(memoryBytes);
    networks = Map.copyOf(networks);
  }
}
