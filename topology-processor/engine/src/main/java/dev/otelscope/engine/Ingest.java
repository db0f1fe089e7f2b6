package dev.otelscope.engine;

import static java.util.Objects.requireNonNull;

import dev.otelscope.engine.counters.Counted;
import dev.otelscope.engine.counters.EngineCounters;

/// Takes OTLP export requests, whatever brought them. Any number of threads may call at once; all
/// reading happens on the caller's thread.
public final class Ingest {
  private final EngineCounters counters;

  Ingest(EngineCounters counters) {
    this.counters = counters;
  }

  /// Takes one request.
  ///
  /// @param protobuf an `Export…ServiceRequest` of that signal, uncompressed; not kept
  public IngestOutcome accept(Signal signal, byte[] protobuf) {
    requireNonNull(signal, "signal");
    requireNonNull(protobuf, "protobuf");
    counters.increment(Counted.REQUEST_UNREAD);
    return new IngestOutcome.Accepted(0);
  }
}
