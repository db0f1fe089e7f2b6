package dev.otelscope.engine;

/// The three kinds of OTLP export request that the engine takes in.
public enum Signal {
  METRICS,
  LOGS,
  TRACES
}
