package dev.otelscope.engine.dialect;

import java.util.List;

/// The dialects that the engine understands.
public final class Dialects {

  /// Of metrics, in the order in which they are asked.
  public static final List<FlowDialect> ALL = List.of(new ProbeDialect(), new MeasurementDialect());

  /// Of logs, in the order in which they are asked.
  public static final List<LogDialect> LOGS = List.of(new ProbeLogDialect());

  private Dialects() {}
}
