package dev.otelscope.probe.tracing;

import dev.otelscope.probe.kernel.KernelException;
import dev.otelscope.probe.kernel.bpf.BpfMap;
import dev.otelscope.probe.kernel.bpf.MapReader;

/// A hash map that programs add up into, and that is read without a race: two take turns. Programs
/// look the present one up in its holder, each time.
final class ExchangedMap implements AutoCloseable {
  private final BpfMap holder;
  private final MapReader reader;
  private BpfMap filling;
  private BpfMap idle;

  private ExchangedMap(BpfMap filling, BpfMap idle, BpfMap holder) {
    this.filling = filling;
    this.idle = idle;
    this.holder = holder;
    reader = new MapReader(filling);
  }

  /// @param name of at most 13 letters
  static ExchangedMap create(String name, int keySize, int valueSize, int entries)
      throws KernelException {
    BpfMap filling = BpfMap.hash(name + "_a", keySize, valueSize, entries);
    try {
      BpfMap idle = BpfMap.hash(name + "_b", keySize, valueSize, entries);
      try {
        return new ExchangedMap(filling, idle, BpfMap.holderOf(name, filling));
      } catch (KernelException e) {
        idle.close();
        throw e;
      }
    } catch (KernelException e) {
      filling.close();
      throw e;
    }
  }

  /// Where programs find the map that they add up into, at key 0.
  BpfMap holder() {
    return holder;
  }

  /// Tells all that was added up since the last call.
  void drain(MapReader.Visitor visitor) throws KernelException {
    holder.replaceInner(idle);
    BpfMap full = filling;
    filling = idle;
    idle = full;
    reader.drain(full, visitor);
  }

  @Override
  public void close() {
    holder.close();
    filling.close();
    idle.close();
  }
}
