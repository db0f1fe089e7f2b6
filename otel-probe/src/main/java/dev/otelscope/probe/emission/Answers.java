package dev.otelscope.probe.emission;

/// Keeps what the receiver answered last. Written by the sender's thread, read by any.
final class Answers {
  private final PartialSuccess partialSuccess = new PartialSuccess();
  private volatile String lastRefusal = "";

  /// A 2xx answer came.
  void accepted(byte[] body) {
    partialSuccess.read(body);
  }

  /// Another answer came, or none.
  void refused(String reason) {
    lastRefusal = reason;
  }

  /// Why the last request that failed did, empty while that is not known.
  String lastRefusal() {
    return lastRefusal;
  }

  /// Points refused in requests that were accepted, since the beginning.
  long rejectedPoints() {
    return partialSuccess.rejected();
  }
}
