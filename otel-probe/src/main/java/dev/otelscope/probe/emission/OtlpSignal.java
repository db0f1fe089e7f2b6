package dev.otelscope.probe.emission;

/// What OTLP keeps apart, as the standard variables name it.
enum OtlpSignal {
  METRICS("v1/metrics"),
  LOGS("v1/logs");

  private final String path;

  OtlpSignal(String path) {
    this.path = path;
  }

  /// Of HTTP, below the receiver's address.
  String path() {
    return path;
  }
}
