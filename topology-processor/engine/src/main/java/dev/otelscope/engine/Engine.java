package dev.otelscope.engine;

import static java.util.Objects.requireNonNull;

import dev.otelscope.engine.counters.EngineCounters;
import dev.otelscope.model.GraphPublisher;
import dev.otelscope.model.GraphSource;
import java.time.Clock;

/// Makes the graph from OTLP: bytes go into [#ingest], the graph comes out of [#graph].
public final class Engine implements AutoCloseable {
  private final EngineCounters counters = new EngineCounters();
  private final GraphPublisher publisher = new GraphPublisher();
  private final Ingest ingest = new Ingest(counters);

  private Engine(EngineConfig config, Clock clock) {
    requireNonNull(config, "config");
    requireNonNull(clock, "clock");
  }

  /// An engine that runs on threads of its own until it is closed.
  public static Engine start(EngineConfig config, Clock clock) {
    return new Engine(config, clock);
  }

  /// An engine without threads: its owner calls [#doWork], always from the same thread.
  public static Engine withoutThreads(EngineConfig config, Clock clock) {
    return new Engine(config, clock);
  }

  /// Does what is to be done now.
  ///
  /// @return how much that was; 0 when nothing is left
  public int doWork() {
    return 0;
  }

  public Ingest ingest() {
    return ingest;
  }

  public GraphSource graph() {
    return publisher;
  }

  public EngineCounters counters() {
    return counters;
  }

  /// Ends the threads. The last graph stays readable.
  @Override
  public void close() {}
}
