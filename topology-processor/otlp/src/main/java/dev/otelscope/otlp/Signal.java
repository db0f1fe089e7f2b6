package dev.otelscope.otlp;

/// What an export request carries.
public enum Signal {
  METRICS("rejectedDataPoints"),
  LOGS("rejectedLogRecords"),
  TRACES("rejectedSpans");

  private final String rejectedName;

  Signal(String rejectedName) {
    this.rejectedName = rejectedName;
  }

  MessageType requestType() {
    return switch (this) {
      case METRICS -> OtlpSchema.METRICS_REQUEST;
      case LOGS -> OtlpSchema.LOGS_REQUEST;
      case TRACES -> OtlpSchema.TRACES_REQUEST;
    };
  }

  /// JSON name, in an answer's partial success, of the number of records that were not accepted.
  String rejectedName() {
    return rejectedName;
  }
}
