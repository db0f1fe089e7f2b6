package dev.otelscope.views;

import dev.otelscope.model.Entity;
import dev.otelscope.model.Measurement;
import dev.otelscope.model.MetricNames;
import java.util.Set;

/// What an entity uses, NaN where it is not known.
///
/// @param cpu in cores
/// @param memory in bytes
public record Usage(double cpu, double memory) {
  private static final Set<String> NOT_BUSY = Set.of("idle", "iowait", "wait");

  /// Sums `process.cpu.time`, `container.cpu.time` or `system.cpu.time` over modes (but those that
  /// do nothing) and `process.memory.usage`, `container.memory.usage` or the used part of
  /// `system.memory.usage`.
  public static Usage of(Entity entity) {
    double cpu = Double.NaN;
    double memory = Double.NaN;
    for (Measurement measurement : entity.measurements().values()) {
      switch (measurement.metric()) {
        case MetricNames.PROCESS_CPU_TIME,
            MetricNames.CONTAINER_CPU_TIME,
            MetricNames.SYSTEM_CPU_TIME -> {
          String mode = measurement.attributes().getOrDefault("cpu.mode", "");
          if (!NOT_BUSY.contains(mode)) {
            cpu = plus(cpu, measurement.rate());
          }
        }
        case MetricNames.PROCESS_MEMORY_USAGE, MetricNames.CONTAINER_MEMORY_USAGE ->
            memory = plus(memory, measurement.value());
        case MetricNames.SYSTEM_MEMORY_USAGE -> {
          String state = measurement.attributes().getOrDefault("system.memory.state", "used");
          if (state.equals("used")) {
            memory = plus(memory, measurement.value());
          }
        }
        default -> {}
      }
    }
    return new Usage(cpu, memory);
  }

  private static double plus(double sum, double amount) {
    if (Double.isNaN(amount)) {
      return sum;
    }
    return Double.isNaN(sum) ? amount : sum + amount;
  }
}
