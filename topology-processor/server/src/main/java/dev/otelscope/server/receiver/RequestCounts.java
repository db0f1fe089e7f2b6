package dev.otelscope.server.receiver;

import static java.util.Objects.requireNonNull;

import dev.otelscope.otlp.Signal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// How many requests came to which end. Each request increments exactly one count. Any thread.
public final class RequestCounts {

  /// How a request came.
  public enum Transport {
    HTTP,
    GRPC
  }

  /// Hears of a count.
  @FunctionalInterface
  public interface Reader {
    void count(Transport transport, Signal signal, Outcome outcome, long requests);
  }

  private record Key(Transport transport, Signal signal, Outcome outcome) {}

  /// All there can be; the map itself never changes after construction.
  private final Map<Key, LongAdder> counts = new LinkedHashMap<>();

  RequestCounts() {
    for (Transport transport : Transport.values()) {
      for (Signal signal : Signal.values()) {
        for (Outcome outcome : Outcome.values()) {
          counts.put(new Key(transport, signal, outcome), new LongAdder());
        }
      }
    }
  }

  void increment(Transport transport, Signal signal, Outcome outcome) {
    find(transport, signal, outcome).increment();
  }

  public long of(Transport transport, Signal signal, Outcome outcome) {
    return find(transport, signal, outcome).sum();
  }

  /// Tells all counts, also those that are zero.
  public void forEach(Reader reader) {
    counts.forEach(
        (key, count) -> reader.count(key.transport(), key.signal(), key.outcome(), count.sum()));
  }

  private LongAdder find(Transport transport, Signal signal, Outcome outcome) {
    return requireNonNull(counts.get(new Key(transport, signal, outcome)));
  }
}
