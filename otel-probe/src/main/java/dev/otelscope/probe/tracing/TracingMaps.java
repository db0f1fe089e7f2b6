package dev.otelscope.probe.tracing;

import dev.otelscope.probe.kernel.KernelException;
import dev.otelscope.probe.kernel.bpf.BpfMap;
import java.util.ArrayList;
import java.util.List;

/// What the programs and the probe share.
final class TracingMaps implements AutoCloseable {
  /*
   * Memory in the kernel
   *   Hash maps take it per entry: a series of a second 300 bytes, a connection between two processes
   *   of this machine 300 bytes while it lives, a socket 200. The ring buffer is there all the time.
   */
  private static final int SERIES = 65_536;
  private static final int PAIRS = 262_144;
  private static final int RING = 4 * 1024 * 1024;

  /// Indexes of [#lost].
  static final int LOST_RING = 0;

  static final int LOST_STORAGE = 1;
  static final int LOST_PAIRS = 2;
  static final int LOST_SERIES = 3;
  static final int LOST_COUNT = 4;

  private final List<BpfMap> all = new ArrayList<>();
  final BpfMap storage;
  final BpfMap pairs;
  final BpfMap ring;
  final BpfMap lost;

  /// One value of zeros, as large as any that programs insert.
  final BpfMap blank;

  final BpfMap holder;
  private BpfMap filling;
  private BpfMap idle;

  TracingMaps() throws KernelException {
    try {
      storage = keep(BpfMap.socketStorage("ots_sockets", StorageLayout.SIZE / Long.BYTES));
      pairs = keep(BpfMap.hash("ots_pairs", PairLayout.KEY_SIZE, PairLayout.SIZE, PAIRS));
      ring = keep(BpfMap.ringBuffer("ots_ends", RING));
      lost = keep(BpfMap.counters("ots_lost", LOST_COUNT));
      blank = keep(BpfMap.array("ots_blank", Math.max(PairLayout.SIZE, PastLayout.SIZE), 1));
      filling = keep(past("ots_past_a"));
      idle = keep(past("ots_past_b"));
      holder = keep(BpfMap.holderOf("ots_past", filling));
    } catch (KernelException e) {
      close();
      throw e;
    }
  }

  /// Lets programs add up into the other map from now on.
  ///
  /// @return the former one, which no program touches any more; to be emptied before the next call
  BpfMap exchange() throws KernelException {
    holder.replaceInner(idle);
    BpfMap full = filling;
    filling = idle;
    idle = full;
    return full;
  }

  /// One of the maps that are exchanged, for its sizes.
  BpfMap past() {
    return filling;
  }

  @Override
  public void close() {
    all.forEach(BpfMap::close);
  }

  private static BpfMap past(String name) throws KernelException {
    return BpfMap.hash(name, PastLayout.KEY_SIZE, PastLayout.SIZE, SERIES);
  }

  private BpfMap keep(BpfMap map) {
    all.add(map);
    return map;
  }
}
