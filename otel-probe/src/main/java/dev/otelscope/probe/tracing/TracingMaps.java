package dev.otelscope.probe.tracing;

import dev.otelscope.probe.kernel.KernelException;
import dev.otelscope.probe.kernel.bpf.BpfMap;
import java.util.ArrayDeque;
import java.util.Deque;

/// What the programs and the probe share.
final class TracingMaps implements AutoCloseable {
  /*
   * Memory in the kernel
   *   Hash maps take it per entry: a series of a second 330 bytes, a connection between two processes
   *   of this machine 300 bytes while it lives, a socket 240, a flow of a second 100. The ring buffer
   *   and the traces of processes, 3 MB, are there all the time.
   */
  private static final int SERIES = 65_536;
  private static final int FLOWS = 65_536;
  private static final int PAIRS = 262_144;
  private static final int TRACES = 8_192;
  private static final int BLANK =
      Math.max(TraceLayout.SIZE, Math.max(PairLayout.SIZE, PastLayout.SIZE));
  private static final int RING = 4 * 1024 * 1024;

  /// How many servers connections can be told one by one of.
  static final int SINGLES = 4_096;

  /// Indexes of [#lost].
  static final int LOST_RING = 0;

  static final int LOST_STORAGE = 1;
  static final int LOST_PAIRS = 2;
  static final int LOST_SERIES = 3;
  static final int LOST_FLOWS = 4;
  static final int LOST_COUNT = 5;

  /// Closes without anything to go wrong.
  private interface Part extends AutoCloseable {
    @Override
    void close();
  }

  private final Deque<Part> parts = new ArrayDeque<>();
  final BpfMap storage;
  final BpfMap pairs;
  final BpfMap ring;
  final BpfMap lost;

  /// What processes that had connections are called, and where they are.
  final BpfMap traces;

  /// Servers whose connections are told one by one.
  final BpfMap singles;

  /// The walk that the iterator is on.
  final BpfMap walk;

  /// One value of zeros, as large as any that programs insert.
  final BpfMap blank;

  final ExchangedMap past;
  final ExchangedMap flows;

  TracingMaps() throws KernelException {
    try {
      storage = keep(BpfMap.socketStorage("ots_sockets", StorageLayout.SIZE / Long.BYTES));
      pairs = keep(BpfMap.hash("ots_pairs", PairLayout.KEY_SIZE, PairLayout.SIZE, PAIRS));
      ring = keep(BpfMap.ringBuffer("ots_ends", RING));
      singles = keep(BpfMap.hash("ots_singles", SingleLayout.KEY_SIZE, SingleLayout.SIZE, SINGLES));
      lost = keep(BpfMap.counters("ots_lost", LOST_COUNT));
      traces = keep(BpfMap.cache("ots_traces", TraceLayout.KEY_SIZE, TraceLayout.SIZE, TRACES));
      walk = keep(BpfMap.array("ots_walk", WalkLayout.SIZE, 1));
      blank = keep(BpfMap.array("ots_blank", BLANK, 1));
      past = ExchangedMap.create("ots_past", PastLayout.KEY_SIZE, PastLayout.SIZE, SERIES);
      parts.push(past::close);
      flows = ExchangedMap.create("ots_flows", FlowLayout.KEY_SIZE, FlowLayout.SIZE, FLOWS);
      parts.push(flows::close);
    } catch (KernelException e) {
      close();
      throw e;
    }
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      parts.pop().close();
    }
  }

  private BpfMap keep(BpfMap map) {
    parts.push(map::close);
    return map;
  }
}
