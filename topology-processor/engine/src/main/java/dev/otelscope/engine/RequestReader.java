package dev.otelscope.engine;

import dev.otelscope.engine.dialect.FlowDialect;
import dev.otelscope.engine.dialect.LogDialect;
import dev.otelscope.otlp.LogsReader;
import dev.otelscope.otlp.MalformedOtlpException;
import dev.otelscope.otlp.MetricsReader;
import dev.otelscope.otlp.OtlpLimits;
import java.util.List;

/// Reads one request at a time into a [RequestContent]: asks the dialects in order and sorts what
/// they understood by who will apply it. Reused, by one thread at a time.
final class RequestReader {
  private final MetricsReader metrics;
  private final LogsReader logs;
  private final List<FlowDialect.Reader> ofMetrics;
  private final List<LogDialect.Reader> ofLogs;
  private final Router router;

  RequestReader(
      List<FlowDialect> ofMetrics,
      List<LogDialect> ofLogs,
      OtlpLimits limits,
      int shards,
      Admission admission) {
    Router sink = new Router(shards, admission);
    this.metrics = new MetricsReader(limits);
    this.logs = new LogsReader(limits);
    this.ofMetrics = ofMetrics.stream().map(dialect -> dialect.reader(sink)).toList();
    this.ofLogs = ofLogs.stream().map(dialect -> dialect.reader(sink)).toList();
    this.router = sink;
  }

  /// @throws MalformedOtlpException when the bytes are no metrics request; nothing of it counts
  RequestContent readMetrics(byte[] protobuf) throws MalformedOtlpException {
    router.beginRequest();
    MetricsWalk walk = new MetricsWalk(ofMetrics, router);
    metrics.read(protobuf, walk);
    walk.endResource();
    return router.content();
  }

  /// @throws MalformedOtlpException when the bytes are no logs request; nothing of it counts
  RequestContent readLogs(byte[] protobuf) throws MalformedOtlpException {
    router.beginRequest();
    logs.read(protobuf, new LogsWalk(ofLogs, router));
    return router.content();
  }
}
