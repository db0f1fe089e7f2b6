package dev.otelscope.otlp;

/// Asks for everything that a reader of logs has to say, as [LogsTranscript] does.
final class WholeLogs extends Whole implements LogsHandler {

  @Override
  public void onResource(AttributesView resource) {
    add(resource);
  }

  @Override
  public void onScope(TextView name) {
    add(name.string().hashCode());
  }

  @Override
  public void onRecord(LogRecordView log) {
    add(log.timeNanos());
    add(log.observedTimeNanos());
    add(log.severity());
    add(log.eventName().string().hashCode());
    add(log.attributes());
    add(log.body().hashCode());
  }
}
