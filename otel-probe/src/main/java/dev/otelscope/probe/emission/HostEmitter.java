package dev.otelscope.probe.emission;

import static dev.otelscope.probe.emission.ProbeMetric.HOST_LOAD;
import static dev.otelscope.probe.emission.ProbeMetric.PROBE_COVERAGE;
import static dev.otelscope.probe.emission.ProbeMetric.PROBE_LOST;
import static dev.otelscope.probe.emission.ProbeMetric.SYSTEM_CPU_TIME;
import static dev.otelscope.probe.emission.ProbeMetric.SYSTEM_MEMORY_LIMIT;
import static dev.otelscope.probe.emission.ProbeMetric.SYSTEM_MEMORY_USAGE;
import static dev.otelscope.probe.emission.ProbeMetric.SYSTEM_NETWORK_IO;

import dev.otelscope.model.AttributeNames;
import dev.otelscope.probe.host.HostFacts;
import dev.otelscope.probe.host.HostUsage;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the host says: how busy it is, and with every export how much the probe sees.
final class HostEmitter {
  private static final AttributeKey<String> CPU_MODE = AttributeKey.stringKey("cpu.mode");
  private static final AttributeKey<String> MEMORY_STATE =
      AttributeKey.stringKey("system.memory.state");
  private static final AttributeKey<String> DEVICE =
      AttributeKey.stringKey(AttributeNames.NETWORK_INTERFACE_NAME);
  private static final AttributeKey<String> DIRECTION =
      AttributeKey.stringKey(AttributeNames.NETWORK_IO_DIRECTION);
  private static final AttributeKey<String> LOAD_WINDOW =
      AttributeKey.stringKey("otelscope.load.window");
  private static final AttributeKey<String> LOST_REASON =
      AttributeKey.stringKey(AttributeNames.LOST_REASON);
  private static final long READ_NANOS = 5_000_000_000L;

  private final EntityResources resources;
  private final Supplier<HostFacts> facts;
  private final Supplier<Optional<HostUsage>> usage;
  private final long probeStartNanos;
  private final long bootNanos;
  private final Duration interval;
  private final Map<String, DoublePoint> cpu = new HashMap<>();
  private final Map<String, LongPoint> memory = new HashMap<>();
  private final Map<String, LongPoint> received = new HashMap<>();
  private final Map<String, LongPoint> transmitted = new HashMap<>();
  private final Map<String, LongPoint> lost = new HashMap<>();
  private final LongPoint memoryLimit;
  private final DoublePoint load;
  private Optional<HostUsage> lastUsage = Optional.empty();
  private long readNanos;
  private @Nullable HostFacts lastFacts;
  private @Nullable EntityBlock block;
  private @Nullable LongPoint heartbeat;
  private @Nullable Attributes heartbeatAttributes;

  /// @param facts cheap to ask: someone else reads them now and then
  /// @param bootNanos where the host's own counters began
  HostEmitter(
      EntityResources resources,
      Supplier<HostFacts> facts,
      Supplier<Optional<HostUsage>> usage,
      long probeStartNanos,
      long bootNanos,
      Duration interval) {
    this.resources = resources;
    this.facts = facts;
    this.usage = usage;
    this.probeStartNanos = probeStartNanos;
    this.bootNanos = bootNanos;
    this.interval = interval;
    memoryLimit = new LongPoint(Attributes.empty(), bootNanos);
    load = new DoublePoint(Attributes.of(LOAD_WINDOW, "1m"), bootNanos);
  }

  /// Puts what is due into the round, and the heartbeat in any case.
  void offer(Coverage coverage, Round round, List<MetricData> collected) {
    EntityBlock host = presentBlock();
    host.clear();
    offerUsage(round, host);
    offerHeartbeat(coverage, round, host);
    coverage
        .lost()
        .forEach((reason, count) ->
            lost.computeIfAbsent(
                    reason,
                    absent -> new LongPoint(Attributes.of(LOST_REASON, absent), probeStartNanos))
                .offer(count, round, host, PROBE_LOST));
    host.collectInto(collected);
  }

  /// The host as it was told last.
  Resource resource() {
    return presentBlock().resource();
  }

  /// The host's counters are the kernel's: when the facts change, they go on under the new ones.
  private EntityBlock presentBlock() {
    HostFacts present = facts.get();
    EntityBlock host = block;
    if (host == null || !present.equals(lastFacts)) {
      lastFacts = present;
      host = new EntityBlock(resources.ofHost(present));
      block = host;
    }
    return host;
  }

  private void offerUsage(Round round, EntityBlock host) {
    if (round.nowNanos() - readNanos >= READ_NANOS) {
      readNanos = round.nowNanos();
      lastUsage = usage.get();
    }
    if (lastUsage.isEmpty()) {
      return;
    }
    HostUsage present = lastUsage.get();
    present
        .cpuSeconds()
        .forEach((mode, seconds) ->
            cpu.computeIfAbsent(
                    mode, absent -> new DoublePoint(Attributes.of(CPU_MODE, absent), bootNanos))
                .offer(seconds, round, host, SYSTEM_CPU_TIME));
    present
        .memoryBytes()
        .forEach((state, bytes) ->
            memory
                .computeIfAbsent(
                    state, absent -> new LongPoint(Attributes.of(MEMORY_STATE, absent), bootNanos))
                .offer(bytes, round, host, SYSTEM_MEMORY_USAGE));
    present
        .networks()
        .forEach((device, traffic) -> {
          received
              .computeIfAbsent(device, name -> traffic(name, "receive"))
              .offer(traffic.receivedBytes(), round, host, SYSTEM_NETWORK_IO);
          transmitted
              .computeIfAbsent(device, name -> traffic(name, "transmit"))
              .offer(traffic.transmittedBytes(), round, host, SYSTEM_NETWORK_IO);
        });
    memoryLimit.offer(present.memoryLimitBytes(), round, host, SYSTEM_MEMORY_LIMIT);
    load.offer(present.load(), round, host, HOST_LOAD);
  }

  private LongPoint traffic(String device, String direction) {
    return new LongPoint(Attributes.of(DEVICE, device, DIRECTION, direction), bootNanos);
  }

  private void offerHeartbeat(Coverage coverage, Round round, EntityBlock host) {
    Attributes attributes = heartbeatOf(coverage);
    LongPoint beat = heartbeat;
    if (beat == null || !attributes.equals(heartbeatAttributes)) {
      beat = new LongPoint(attributes, probeStartNanos);
      heartbeat = beat;
      heartbeatAttributes = attributes;
    }
    beat.offer(1, round, host, PROBE_COVERAGE);
    beat.repeat(round, host, PROBE_COVERAGE);
  }

  private Attributes heartbeatOf(Coverage coverage) {
    AttributesBuilder attributes =
        Attributes.builder()
            .put(AttributeNames.PROBE_TIER, coverage.tier().number())
            .put(AttributeNames.PROBE_START, probeStartNanos)
            .put(AttributeNames.PROBE_EXPORT_INTERVAL, interval.toMillis() / 1e3);
    if (!coverage.reason().isEmpty()) {
      attributes.put(AttributeNames.PROBE_REASON, coverage.reason());
    }
    if (!coverage.untranslated().isEmpty()) {
      attributes.put(AttributeNames.PROBE_UNTRANSLATED, coverage.untranslated());
    }
    if (!coverage.unnamed().isEmpty()) {
      attributes.put(AttributeNames.PROBE_UNNAMED, coverage.unnamed());
    }
    return attributes.build();
  }
}
