package dev.otelscope.probe.emission;

import static dev.otelscope.probe.emission.ProbeMetric.CONTAINER_CPU_LIMIT;
import static dev.otelscope.probe.emission.ProbeMetric.CONTAINER_CPU_TIME;
import static dev.otelscope.probe.emission.ProbeMetric.CONTAINER_DISK_IO;
import static dev.otelscope.probe.emission.ProbeMetric.CONTAINER_MEMORY_LIMIT;
import static dev.otelscope.probe.emission.ProbeMetric.CONTAINER_MEMORY_USAGE;
import static dev.otelscope.probe.emission.ProbeMetric.CONTAINER_NETWORK_IO;
import static dev.otelscope.probe.emission.ProbeMetric.CONTAINER_STATE;

import dev.otelscope.model.AttributeNames;
import dev.otelscope.probe.container.ContainerNetwork;
import dev.otelscope.probe.container.ContainerState;
import dev.otelscope.probe.container.ContainerUsage;
import dev.otelscope.probe.kernel.NetworkDevices.Traffic;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/// The points of one container under one description. Counters count from the first round.
final class ContainerPoints {
  private static final AttributeKey<String> CPU_MODE = AttributeKey.stringKey("cpu.mode");
  private static final AttributeKey<String> DIRECTION = AttributeKey.stringKey("disk.io.direction");
  private static final AttributeKey<String> DEVICE =
      AttributeKey.stringKey(AttributeNames.NETWORK_INTERFACE_NAME);
  private static final AttributeKey<String> NETWORK_DIRECTION =
      AttributeKey.stringKey(AttributeNames.NETWORK_IO_DIRECTION);
  private static final Traffic NOTHING = new Traffic(0, 0);
  private static final AttributeKey<String> STATE = AttributeKey.stringKey(AttributeNames.STATE);

  private final ContainerUsage base;
  private final long startNanos;
  private final DoublePoint user;
  private final DoublePoint system;
  private final DoublePoint cpuLimit;
  private final LongPoint memory;
  private final LongPoint memoryLimit;
  private final LongPoint read;
  private final LongPoint written;
  private final Map<String, LongPoint> received = new HashMap<>();
  private final Map<String, LongPoint> transmitted = new HashMap<>();
  private final Map<ContainerState, LongPoint> states = new EnumMap<>(ContainerState.class);

  /// @param base what was used before
  ContainerPoints(ContainerUsage base, Round first) {
    this.base = base;
    startNanos = first.previousNanos();
    user = new DoublePoint(Attributes.of(CPU_MODE, "user"), startNanos);
    system = new DoublePoint(Attributes.of(CPU_MODE, "system"), startNanos);
    cpuLimit = new DoublePoint(Attributes.empty(), startNanos);
    memory = new LongPoint(Attributes.empty(), startNanos);
    memoryLimit = new LongPoint(Attributes.empty(), startNanos);
    read = new LongPoint(Attributes.of(DIRECTION, "read"), startNanos);
    written = new LongPoint(Attributes.of(DIRECTION, "write"), startNanos);
  }

  void offer(ContainerUsage usage, Round round, EntityBlock entity) {
    user.offer(usage.cpuUserSeconds() - base.cpuUserSeconds(), round, entity, CONTAINER_CPU_TIME);
    system.offer(
        usage.cpuSystemSeconds() - base.cpuSystemSeconds(), round, entity, CONTAINER_CPU_TIME);
    memory.offer(usage.memoryBytes(), round, entity, CONTAINER_MEMORY_USAGE);
    read.offer(usage.bytesRead() - base.bytesRead(), round, entity, CONTAINER_DISK_IO);
    written.offer(usage.bytesWritten() - base.bytesWritten(), round, entity, CONTAINER_DISK_IO);
    usage.cpuLimit().ifPresent(limit -> cpuLimit.offer(limit, round, entity, CONTAINER_CPU_LIMIT));
    usage
        .memoryLimitBytes()
        .ifPresent(limit -> memoryLimit.offer(limit, round, entity, CONTAINER_MEMORY_LIMIT));
  }

  /// Says what went through its network devices.
  void offer(ContainerNetwork network, Round round, EntityBlock entity) {
    Map<String, Traffic> before = base.network().map(ContainerNetwork::devices).orElse(Map.of());
    network
        .devices()
        .forEach((device, traffic) -> {
          Traffic until = before.getOrDefault(device, NOTHING);
          received
              .computeIfAbsent(device, name -> networkPoint(name, "receive"))
              .offer(
                  traffic.receivedBytes() - until.receivedBytes(),
                  round,
                  entity,
                  CONTAINER_NETWORK_IO);
          transmitted
              .computeIfAbsent(device, name -> networkPoint(name, "transmit"))
              .offer(
                  traffic.transmittedBytes() - until.transmittedBytes(),
                  round,
                  entity,
                  CONTAINER_NETWORK_IO);
        });
  }

  private LongPoint networkPoint(String device, String direction) {
    return new LongPoint(Attributes.of(DEVICE, device, NETWORK_DIRECTION, direction), startNanos);
  }

  /// Says 1 for the present state and 0 for every other that there was.
  void offer(ContainerState present, Round round, EntityBlock entity) {
    states.computeIfAbsent(
        present, absent -> new LongPoint(Attributes.of(STATE, absent.word()), startNanos));
    states.forEach(
        (state, point) -> point.offer(state == present ? 1 : 0, round, entity, CONTAINER_STATE));
  }

  /// Says the state once more although it is the same.
  void repeatState(Round round, EntityBlock entity) {
    states.values().forEach(point -> point.repeat(round, entity, CONTAINER_STATE));
  }
}
