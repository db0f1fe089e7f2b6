package dev.otelscope.probe.tracing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.otelscope.probe.container.ContainerCgroup;
import dev.otelscope.probe.kernel.KernelException;
import dev.otelscope.probe.kernel.bpf.BpfMap;
import dev.otelscope.probe.process.ProcessIdentity;
import dev.otelscope.probe.process.ProcessTrace;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/// Reads [TraceLayout].
final class ProcessTraces {
  private ProcessTraces() {}

  /// What is remembered of a process; empty when another one has its number now.
  static Optional<ProcessTrace> find(BpfMap traces, ProcessIdentity process)
      throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment key = arena.allocateFrom(ValueLayout.JAVA_LONG, process.pid());
      MemorySegment value = arena.allocate(TraceLayout.SIZE, Long.BYTES);
      boolean isIt =
          traces.lookup(key, value)
              && Decoder.ticks(value.get(ValueLayout.JAVA_LONG, TraceLayout.START))
                  == process.startTicks();
      return isIt ? Optional.of(read(value)) : Optional.empty();
    }
  }

  private static ProcessTrace read(MemorySegment value) {
    StringBuilder path = new StringBuilder();
    for (int i = TraceLayout.GROUP_COUNT - 1; i >= 0; i--) {
      String name =
          text(value, TraceLayout.GROUPS + i * TraceLayout.GROUP_SIZE, TraceLayout.GROUP_SIZE);
      if (!name.isEmpty()) {
        path.append('/').append(name);
      }
    }
    return new ProcessTrace(
        text(value, TraceLayout.COMMAND, TraceLayout.COMMAND_SIZE),
        ContainerCgroup.in(path.toString()));
  }

  /// Up to the first zero.
  private static String text(MemorySegment value, int at, int size) {
    byte[] bytes = value.asSlice(at, size).toArray(ValueLayout.JAVA_BYTE);
    int length = 0;
    while (length < size && bytes[length] != 0) {
      length++;
    }
    return new String(bytes, 0, length, UTF_8);
  }
}
