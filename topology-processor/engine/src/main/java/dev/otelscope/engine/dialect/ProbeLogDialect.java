package dev.otelscope.engine.dialect;

/// What the project's own probe says in logs, as `docs/wire.md` describes it.
final class ProbeLogDialect implements LogDialect {
  @Override
  public Reader reader(Observations sink) {
    return new ProbeLogReader(sink);
  }
}
