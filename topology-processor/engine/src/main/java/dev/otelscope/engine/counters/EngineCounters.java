package dev.otelscope.engine.counters;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ObjLongConsumer;

/// How often each [Counted] happened since the engine started. Any thread may add and read; a read
/// while others add is not a cut through one moment.
public final class EngineCounters {
  private final Map<Counted, LongAdder> adders = new EnumMap<>(Counted.class);

  public EngineCounters() {
    for (Counted what : Counted.values()) {
      adders.put(what, new LongAdder());
    }
  }

  public void add(Counted what, long count) {
    adder(what).add(count);
  }

  public void increment(Counted what) {
    adder(what).increment();
  }

  public long of(Counted what) {
    return adder(what).sum();
  }

  /// The sum over all of a family.
  public long sumOf(String family) {
    long sum = 0;
    for (Counted what : Counted.values()) {
      sum += what.family().equals(family) ? of(what) : 0;
    }
    return sum;
  }

  /// Tells every count, also those that are zero, in the order of [Counted].
  public void forEach(ObjLongConsumer<Counted> reader) {
    for (Counted what : Counted.values()) {
      reader.accept(what, of(what));
    }
  }

  private LongAdder adder(Counted what) {
    return requireNonNull(adders.get(what));
  }
}
