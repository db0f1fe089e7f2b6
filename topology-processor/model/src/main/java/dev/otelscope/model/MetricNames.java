package dev.otelscope.model;

/// Names of metrics on the wire, with the instrumentation scope of those that the probe makes.
public final class MetricNames {
  /// Instrumentation scope of everything that the probe emits.
  public static final String PROBE_SCOPE = "dev.otelscope.probe";

  /// `service.name` of every resource that the probe emits.
  public static final String PROBE_SERVICE = "otelscope-probe";

  public static final String CONNECTION_ACTIVE = "otelscope.connection.active";
  public static final String CONNECTION_OPENED = "otelscope.connection.opened";
  public static final String CONNECTION_FAILED = "otelscope.connection.failed";
  public static final String CONNECTION_RESET = "otelscope.connection.reset";
  public static final String CONNECTION_IO = "otelscope.connection.io";
  public static final String CONNECTION_RETRANSMITS = "otelscope.connection.retransmits";
  public static final String CONNECTION_RTT = "otelscope.connection.rtt";
  public static final String CONNECTION_DURATION = "otelscope.connection.duration";
  public static final String LISTENER = "otelscope.listener";
  public static final String PROBE_COVERAGE = "otelscope.probe.coverage";
  public static final String PROBE_LOST = "otelscope.probe.lost";

  public static final String PROCESS_CPU_TIME = "process.cpu.time";
  public static final String PROCESS_MEMORY_USAGE = "process.memory.usage";
  public static final String PROCESS_THREAD_COUNT = "process.thread.count";
  public static final String PROCESS_DESCRIPTOR_COUNT = "process.unix.file_descriptor.count";
  public static final String CONTAINER_CPU_TIME = "container.cpu.time";
  public static final String CONTAINER_CPU_LIMIT = "otelscope.container.cpu.limit";
  public static final String CONTAINER_MEMORY_USAGE = "container.memory.usage";
  public static final String CONTAINER_MEMORY_LIMIT = "otelscope.container.memory.limit";
  public static final String CONTAINER_DISK_IO = "container.disk.io";
  public static final String CONTAINER_NETWORK_IO = "container.network.io";
  public static final String CONTAINER_STATE = "otelscope.container.state";
  public static final String SYSTEM_CPU_TIME = "system.cpu.time";
  public static final String SYSTEM_MEMORY_USAGE = "system.memory.usage";
  public static final String SYSTEM_MEMORY_LIMIT = "system.memory.limit";
  public static final String SYSTEM_NETWORK_IO = "system.network.io";
  public static final String HOST_LOAD = "otelscope.host.load";

  private MetricNames() {}
}
