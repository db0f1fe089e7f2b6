package dev.otelscope.query.details;

import dev.otelscope.model.Measurement;
import dev.otelscope.model.MetricNames;
import java.util.Map;
import java.util.TreeMap;

/// What people say instead of a metric's name, and in which unit what is shown of it is.
final class MeasurementLabels {
  private static final Map<String, String> LABELS =
      Map.of(
          MetricNames.PROCESS_CPU_TIME, "CPU",
          MetricNames.PROCESS_MEMORY_USAGE, "Memory",
          MetricNames.PROCESS_THREAD_COUNT, "Threads",
          MetricNames.SYSTEM_CPU_TIME, "CPU",
          MetricNames.SYSTEM_MEMORY_USAGE, "Memory",
          MetricNames.SYSTEM_MEMORY_LIMIT, "Memory there is",
          MetricNames.HOST_LOAD, "Load average");

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
