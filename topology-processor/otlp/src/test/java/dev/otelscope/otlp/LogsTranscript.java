package dev.otelscope.otlp;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;

/// What is said about a logs request.
final class LogsTranscript extends Transcript implements LogsHandler {

  // What the reader says

  @Override
  public void onResource(AttributesView resource) {
    line("resource", attributes(resource));
  }

  @Override
  public void onScope(TextView name) {
    line("scope", name.string());
  }

  @Override
  public void onRecord(LogRecordView log) {
    line(
        "log",
        log.timeNanos(),
        log.observedTimeNanos(),
        log.severity(),
        log.eventName().string(),
        attributes(log.attributes()),
        log.body());
  }

  // What follows from protobuf's object

  void add(ExportLogsServiceRequest request) {
    request
        .getResourceLogsList()
        .forEach(resourceLogs -> {
          line("resource", attributes(resourceLogs.getResource().getAttributesList()));
          resourceLogs
              .getScopeLogsList()
              .forEach(scopeLogs -> {
                line("scope", scopeLogs.getScope().getName());
                scopeLogs.getLogRecordsList().forEach(this::add);
              });
        });
  }

  private void add(LogRecord log) {
    line(
        "log",
        log.getTimeUnixNano(),
        log.getObservedTimeUnixNano(),
        log.getSeverityNumberValue(),
        log.getEventName(),
        attributes(log.getAttributesList()),
        value(log.getBody()));
  }
}
