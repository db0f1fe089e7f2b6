package dev.otelscope.probe.emission;

import static dev.otelscope.probe.emission.ProbeMetric.PROCESS_CPU_TIME;
import static dev.otelscope.probe.emission.ProbeMetric.PROCESS_DESCRIPTOR_COUNT;
import static dev.otelscope.probe.emission.ProbeMetric.PROCESS_MEMORY_USAGE;
import static dev.otelscope.probe.emission.ProbeMetric.PROCESS_THREAD_COUNT;

import dev.otelscope.probe.process.ProcessIdentity;
import dev.otelscope.probe.process.ProcessTable;
import dev.otelscope.probe.process.ProcessUsage;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.time.Instant;
import java.util.Optional;

/// What one process uses. Processor time counts from its start, whatever its facts.
final class ProcessPoints {
  private static final AttributeKey<String> CPU_MODE = AttributeKey.stringKey("cpu.mode");
  private static final long READ_NANOS = 5_000_000_000L;

  private final DoublePoint user;
  private final DoublePoint system;
  private final LongPoint memory;
  private final LongPoint threads;
  private final LongPoint descriptors;
  private Optional<ProcessUsage> last = Optional.empty();
  private long readNanos;

  ProcessPoints(Instant created) {
    long start = Nanos.of(created);
    user = new DoublePoint(Attributes.of(CPU_MODE, "user"), start);
    system = new DoublePoint(Attributes.of(CPU_MODE, "system"), start);
    memory = new LongPoint(Attributes.empty(), start);
    threads = new LongPoint(Attributes.empty(), start);
    descriptors = new LongPoint(Attributes.empty(), start);
  }

  /// Puts what is due into the round; the process is asked every few seconds only.
  void offer(ProcessIdentity process, ProcessTable processes, Round round, EntityBlock entity) {
    if (round.nowNanos() - readNanos >= READ_NANOS) {
      readNanos = round.nowNanos();
      last = processes.usage(process);
    }
    if (last.isPresent()) {
      ProcessUsage usage = last.get();
      user.offer(usage.cpuUserSeconds(), round, entity, PROCESS_CPU_TIME);
      system.offer(usage.cpuSystemSeconds(), round, entity, PROCESS_CPU_TIME);
      memory.offer(usage.memoryBytes(), round, entity, PROCESS_MEMORY_USAGE);
      threads.offer(usage.threads(), round, entity, PROCESS_THREAD_COUNT);
      usage
          .descriptors()
          .ifPresent(count -> descriptors.offer(count, round, entity, PROCESS_DESCRIPTOR_COUNT));
    }
  }
}
