package dev.otelscope.probe.footprint;

import java.util.function.LongSupplier;

/// Keeps the heap of a probe that has a process of its own close to what lives in it.
///
/// The serial collector lets the old generation grow to the largest heap before it looks into it
/// for the first time: right for speed, but the memory is that of others. So the collector is
/// called when the heap has outgrown what lived in it the last time by a third, which in a quiet
/// probe is seldom, and gives back what it frees (`-XX:-ShrinkHeapInSteps`). For one thread.
public final class HeapKeeper {
  /// Not worth the trouble below this.
  static final long LEAST_BYTES = 10L << 20;

  private static final int GROWTH_DIVISOR = 3;

  private final LongSupplier committed;
  private final LongSupplier free;
  private final Runnable collector;
  private long limit = LEAST_BYTES;

  /// @param committed bytes that the heap has now
  /// @param free those of them that are not in use
  HeapKeeper(LongSupplier committed, LongSupplier free, Runnable collector) {
    this.committed = committed;
    this.free = free;
    this.collector = collector;
  }

  /// Of this virtual machine.
  public static HeapKeeper ofThisProcess() {
    Runtime runtime = Runtime.getRuntime();
    return new HeapKeeper(runtime::totalMemory, runtime::freeMemory, System::gc);
  }

  /// Calls the collector when it is time.
  public void look() {
    if (committed.getAsLong() > limit) {
      collector.run();
      long kept = committed.getAsLong();
      long live = kept - free.getAsLong();
      limit = Math.max(LEAST_BYTES, kept + live / GROWTH_DIVISOR);
    }
  }
}
