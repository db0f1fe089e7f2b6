package dev.otelscope.engine.dialect;

import dev.otelscope.model.MetricNames;
import dev.otelscope.otlp.Utf8;

/// The project's own probe, as `docs/wire.md` describes it: everything in its instrumentation
/// scope, from resources that name a host, process, container or the unattributed rest of a
/// namespace.
final class ProbeDialect implements FlowDialect {
  static final String SOURCE = "probe";
  static final Utf8 SCOPE = Utf8.of(MetricNames.PROBE_SCOPE);

  @Override
  public Reader reader(Observations sink) {
    return new ProbeReader(sink);
  }
}
