package dev.otelscope.query.details;

import dev.otelscope.model.Measurement;
import dev.otelscope.model.MetricNames;
import java.util.Map;
import java.util.TreeMap;

/// What people say instead of a metric's name, and in which unit what is shown of it is.
final class MeasurementLabels {
  private static final Map<String, String> LABELS =
      Map.ofEntries(
          Map.entry(MetricNames.PROCESS_CPU_TIME, "CPU"),
          Map.entry(MetricNames.PROCESS_MEMORY_USAGE, "Memory"),
          Map.entry(MetricNames.PROCESS_THREAD_COUNT, "Threads"),
          Map.entry(MetricNames.PROCESS_DESCRIPTOR_COUNT, "Open files"),
          Map.entry(MetricNames.CONTAINER_CPU_TIME, "CPU"),
          Map.entry(MetricNames.CONTAINER_CPU_LIMIT, "CPU limit"),
          Map.entry(MetricNames.CONTAINER_MEMORY_USAGE, "Memory"),
          Map.entry(MetricNames.CONTAINER_MEMORY_LIMIT, "Memory limit"),
          Map.entry(MetricNames.CONTAINER_DISK_IO, "Disk"),
          Map.entry(MetricNames.CONTAINER_NETWORK_IO, "Network"),
          Map.entry(MetricNames.CONTAINER_STATE, "State"),
          Map.entry(MetricNames.SYSTEM_CPU_TIME, "CPU"),
          Map.entry(MetricNames.SYSTEM_MEMORY_USAGE, "Memory"),
          Map.entry(MetricNames.SYSTEM_MEMORY_LIMIT, "Memory there is"),
          Map.entry(MetricNames.SYSTEM_NETWORK_IO, "Network"),
          Map.entry(MetricNames.HOST_LOAD, "Load average"));

  private MeasurementLabels() {}

  /// With the values of its attributes, which tell it from others of the same metric: `Load average
  /// (1m)`. A metric that is not known goes by its name.
  static String text(Measurement measurement) {
    String label = LABELS.getOrDefault(measurement.metric(), measurement.metric());
    return measurement.attributes().isEmpty()
        ? label
        : label + " (" + String.join(", ", new TreeMap<>(measurement.attributes()).values()) + ")";
  }

  /// The unit of [Measurement#shown]. Seconds of processor time per second are processors.
  static String unit(Measurement measurement) {
    if (Double.isNaN(measurement.rate())) {
      return measurement.unit();
    }
    boolean isProcessorTime =
        measurement.unit().equals("s") && measurement.metric().endsWith(".cpu.time");
    return isProcessorTime ? "{cpu}" : measurement.unit() + "/s";
  }
}
