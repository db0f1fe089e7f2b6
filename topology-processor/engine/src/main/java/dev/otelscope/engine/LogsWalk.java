package dev.otelscope.engine;

import dev.otelscope.engine.dialect.LogDialect;
import dev.otelscope.otlp.AttributesView;
import dev.otelscope.otlp.LogRecordView;
import dev.otelscope.otlp.LogsHandler;
import dev.otelscope.otlp.TextView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Walks over one request of logs: which dialect hears what.
final class LogsWalk implements LogsHandler {
  private final List<LogDialect.Reader> dialects;
  private final Router router;
  private final List<LogDialect.Reader> ofResource = new ArrayList<>(2);
  private LogDialect.@Nullable Reader ofScope;

  LogsWalk(List<LogDialect.Reader> dialects, Router router) {
    this.dialects = dialects;
    this.router = router;
  }

  @Override
  public void onResource(AttributesView resource) {
    ofResource.clear();
    router.beginResource();
    for (LogDialect.Reader dialect : dialects) {
      if (dialect.onResource(resource)) {
        ofResource.add(dialect);
      }
    }
  }

  @Override
  public void onScope(TextView name) {
    ofScope = null;
    for (LogDialect.Reader dialect : ofResource) {
      if (dialect.onScope(name)) {
        ofScope = dialect;
        return;
      }
    }
  }

  @Override
  public void onRecord(LogRecordView log) {
    if (ofScope != null && ofScope.onRecord(log)) {
      router.content().countRead();
    } else {
      router.content().countUnusedRecord();
    }
  }
}
