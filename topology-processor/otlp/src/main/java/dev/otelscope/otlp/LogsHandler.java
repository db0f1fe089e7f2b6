package dev.otelscope.otlp;

/// Hears of an `ExportLogsServiceRequest` in document order: a resource, its scopes, their records.
/// Everything handed over is a flyweight that is valid during the call only.
///
/// Source: `opentelemetry/proto/logs/v1/logs.proto`.
public interface LogsHandler {

  /// A `ResourceLogs` begins. Called before anything of it, wherever its resource stands in the
  /// message.
  void onResource(AttributesView resource);

  /// A `ScopeLogs` begins.
  ///
  /// @param name the instrumentation scope's name, empty when there is none
  void onScope(TextView name);

  void onRecord(LogRecordView log);
}
