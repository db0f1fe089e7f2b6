package dev.otelscope.probe.emission;

import dev.otelscope.model.MetricNames;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.MetricDataType;

/// Every metric that the probe emits, with its unit and kind.
enum ProbeMetric {
  CONNECTION_ACTIVE(
      MetricNames.CONNECTION_ACTIVE, "{connection}", Kind.LONG_UP_DOWN, "Open connections"),
  CONNECTION_OPENED(
      MetricNames.CONNECTION_OPENED, "{connection}", Kind.LONG_COUNTER, "Established connections"),
  CONNECTION_FAILED(
      MetricNames.CONNECTION_FAILED,
      "{connection}",
      Kind.LONG_COUNTER,
      "Connections that were never established"),
  CONNECTION_RESET(
      MetricNames.CONNECTION_RESET,
      "{connection}",
      Kind.LONG_COUNTER,
      "Established connections that were cut by an RST"),
  CONNECTION_DURATION(
      MetricNames.CONNECTION_DURATION,
      "s",
      Kind.EXPONENTIAL_HISTOGRAM,
      "How long connections lasted that are over"),
  CONNECTION_IO(MetricNames.CONNECTION_IO, "By", Kind.LONG_COUNTER, "Payload"),
  CONNECTION_RETRANSMITS(
      MetricNames.CONNECTION_RETRANSMITS, "{segment}", Kind.LONG_COUNTER, "Segments sent again"),
  CONNECTION_RTT(
      MetricNames.CONNECTION_RTT,
      "s",
      Kind.DOUBLE_GAUGE,
      "Smoothed round-trip time, mean of the open connections"),
  LISTENER(MetricNames.LISTENER, "{socket}", Kind.LONG_UP_DOWN, "Listening sockets"),
  PROCESS_CPU_TIME(
      MetricNames.PROCESS_CPU_TIME, "s", Kind.OBSERVED_DOUBLE_COUNTER, "Processor time"),
  PROCESS_MEMORY_USAGE(
      MetricNames.PROCESS_MEMORY_USAGE, "By", Kind.LONG_UP_DOWN, "Resident memory"),
  PROCESS_THREAD_COUNT(MetricNames.PROCESS_THREAD_COUNT, "{thread}", Kind.LONG_UP_DOWN, "Threads"),
  PROCESS_DESCRIPTOR_COUNT(
      MetricNames.PROCESS_DESCRIPTOR_COUNT,
      "{file_descriptor}",
      Kind.LONG_UP_DOWN,
      "Open files, sockets and so on"),
  CONTAINER_CPU_TIME(
      MetricNames.CONTAINER_CPU_TIME, "s", Kind.OBSERVED_DOUBLE_COUNTER, "Processor time"),
  CONTAINER_CPU_LIMIT(
      MetricNames.CONTAINER_CPU_LIMIT, "{cpu}", Kind.DOUBLE_GAUGE, "Processors it may use"),
  CONTAINER_MEMORY_USAGE(
      MetricNames.CONTAINER_MEMORY_USAGE, "By", Kind.LONG_UP_DOWN, "Memory in use"),
  CONTAINER_MEMORY_LIMIT(
      MetricNames.CONTAINER_MEMORY_LIMIT, "By", Kind.LONG_UP_DOWN, "Memory it may use"),
  CONTAINER_DISK_IO(
      MetricNames.CONTAINER_DISK_IO,
      "By",
      Kind.OBSERVED_LONG_COUNTER,
      "Bytes from and to block devices"),
  CONTAINER_NETWORK_IO(
      MetricNames.CONTAINER_NETWORK_IO,
      "By",
      Kind.OBSERVED_LONG_COUNTER,
      "Bytes through network devices"),
  CONTAINER_STATE(
      MetricNames.CONTAINER_STATE, "1", Kind.LONG_GAUGE, "1 for the state that it is in"),
  SYSTEM_CPU_TIME(MetricNames.SYSTEM_CPU_TIME, "s", Kind.OBSERVED_DOUBLE_COUNTER, "Processor time"),
  SYSTEM_MEMORY_USAGE(MetricNames.SYSTEM_MEMORY_USAGE, "By", Kind.LONG_UP_DOWN, "Memory in use"),
  SYSTEM_MEMORY_LIMIT(MetricNames.SYSTEM_MEMORY_LIMIT, "By", Kind.LONG_UP_DOWN, "Memory there is"),
  SYSTEM_NETWORK_IO(
      MetricNames.SYSTEM_NETWORK_IO,
      "By",
      Kind.OBSERVED_LONG_COUNTER,
      "Bytes through network devices"),
  HOST_LOAD(MetricNames.HOST_LOAD, "{thread}", Kind.DOUBLE_GAUGE, "Load average"),
  PROBE_COVERAGE(
      MetricNames.PROBE_COVERAGE, "1", Kind.LONG_GAUGE, "How much this probe sees; its heartbeat"),
  PROBE_LOST(MetricNames.PROBE_LOST, "{event}", Kind.LONG_COUNTER, "What could not be seen");

  /// What the SDK calls an instrument, with the type of its numbers. What is observed is counted by
  /// the kernel, everything else by the probe.
  enum Kind {
    LONG_COUNTER(MetricDataType.LONG_SUM, InstrumentType.COUNTER),
    OBSERVED_LONG_COUNTER(MetricDataType.LONG_SUM, InstrumentType.OBSERVABLE_COUNTER),
    OBSERVED_DOUBLE_COUNTER(MetricDataType.DOUBLE_SUM, InstrumentType.OBSERVABLE_COUNTER),
    LONG_UP_DOWN(MetricDataType.LONG_SUM, InstrumentType.UP_DOWN_COUNTER),
    LONG_GAUGE(MetricDataType.LONG_GAUGE, InstrumentType.GAUGE),
    DOUBLE_GAUGE(MetricDataType.DOUBLE_GAUGE, InstrumentType.GAUGE),
    EXPONENTIAL_HISTOGRAM(MetricDataType.EXPONENTIAL_HISTOGRAM, InstrumentType.HISTOGRAM);

    private final MetricDataType dataType;
    private final InstrumentType instrument;

    Kind(MetricDataType dataType, InstrumentType instrument) {
      this.dataType = dataType;
      this.instrument = instrument;
    }

    MetricDataType dataType() {
      return dataType;
    }

    InstrumentType instrument() {
      return instrument;
    }

    /// Whether its values add up over time, so that they have a temporality.
    boolean isSum() {
      return instrument != InstrumentType.GAUGE;
    }

    /// Whether it may be older than the probe.
    boolean isObserved() {
      return instrument == InstrumentType.OBSERVABLE_COUNTER;
    }
  }

  private final String metricName;
  private final String unit;
  private final Kind kind;
  private final String description;

  ProbeMetric(String metricName, String unit, Kind kind, String description) {
    this.metricName = metricName;
    this.unit = unit;
    this.kind = kind;
    this.description = description;
  }

  String metricName() {
    return metricName;
  }

  String unit() {
    return unit;
  }

  Kind kind() {
    return kind;
  }

  String description() {
    return description;
  }
}
