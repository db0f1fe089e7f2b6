package dev.otelscope.probe.tracing;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.otelscope.probe.kernel.KernelException;
import dev.otelscope.probe.kernel.bpf.BpfLink;
import dev.otelscope.probe.kernel.bpf.BpfProgram;
import dev.otelscope.probe.kernel.bpf.IteratorOutput;
import dev.otelscope.probe.kernel.bpf.RingBuffer;
import dev.otelscope.probe.kernel.bpf.btf.Btf;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The programs at work in the kernel. They are gone when this is closed, or when the probe ends in
/// any way.
final class Programs implements AutoCloseable {
  /// Closes without anything to go wrong.
  private interface Part extends AutoCloseable {
    @Override
    void close();
  }

  private final Deque<Part> parts = new ArrayDeque<>();
  private final List<BpfLink> packets = new ArrayList<>();
  final TracingMaps maps;
  final RingBuffer ends;
  private final BpfLink sockets;
  private long walks;

  private Programs() throws IOException {
    try {
      maps = new TracingMaps();
      parts.push(maps::close);
      ends = RingBuffer.map(maps.ring);
      parts.push(ends::close);
      KernelFields fields = fieldsOfThisKernel();
      try (BpfProgram iterator =
              BpfProgram.forIterator(SocketProgram.of(fields, maps), fields.fileIterator());
          BpfProgram state =
              BpfProgram.forTracepoint(StateProgram.of(fields, maps), fields.stateTracepoint());
          BpfProgram again =
              BpfProgram.forTracepoint(StateProgram.again(fields, maps), fields.stateTracepoint());
          BpfProgram out = BpfProgram.forPacketsOut(FlowProgram.sending(fields, maps));
          BpfProgram in = BpfProgram.forPacketsIn(FlowProgram.receiving(fields, maps))) {
        sockets = BpfLink.iterator(iterator);
        parts.push(sockets::close);
        parts.push(BpfLink.tracepoint(state)::close);
        parts.push(BpfLink.tracepoint(again)::close);
        Path everything = ControlGroups.root();
        for (BpfProgram each : List.of(out, in)) {
          BpfLink link = BpfLink.controlGroup(each, everything);
          parts.push(link::close);
          packets.add(link);
        }
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /// Loads and attaches them.
  ///
  /// @throws IOException when the kernel does not let them; the message says what is missing
  static Programs start() throws IOException {
    return new Programs();
  }

  /// Makes sure that all of them are in their places. Only those in a control group can be taken
  /// away by others.
  ///
  /// @throws IOException when one is gone
  void check() throws IOException {
    for (BpfLink link : packets) {
      if (!link.isAttached()) {
        throw new IOException("some other program has detached the one that sees UDP");
      }
    }
  }

  /// Tells the connections of TCP of which something has changed since the last walk, and all other
  /// sockets, as [SocketLayout].
  ///
  /// @param everything also the connections of which nothing has
  void walk(boolean everything, IteratorOutput output) throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(WalkLayout.SIZE, Long.BYTES);
      value.set(JAVA_LONG, WalkLayout.NUMBER, ++walks);
      value.set(JAVA_LONG, WalkLayout.EVERYTHING, everything ? 1 : 0);
      maps.walk.update(arena.allocate(Integer.BYTES), value);
    }
    sockets.iterate(output);
  }

  /// The latest first: no program may write where nobody reads any more.
  @Override
  public void close() {
    while (!parts.isEmpty()) {
      parts.pop().close();
    }
  }

  private static KernelFields fieldsOfThisKernel() throws IOException {
    try (Btf types = Btf.ofKernel()) {
      return KernelFields.of(types);
    }
  }
}
