package dev.otelscope.probe.emission;

import io.opentelemetry.sdk.common.export.GrpcResponse;
import io.opentelemetry.sdk.common.export.GrpcStatusCode;

/// Keeps what the receiver answered last. Written by the sender's thread, read by any.
final class Answers {
  private final PartialSuccess partialSuccess = new PartialSuccess();
  private volatile Refusal lastRefusal = Refusal.UNKNOWN;

  /// A yes came.
  void accepted(byte[] body) {
    partialSuccess.read(body);
  }

  /// Another answer came, or none.
  void refused(Refusal refusal) {
    lastRefusal = refusal;
  }

  /// An answer over gRPC came.
  void answered(GrpcResponse answer) {
    if (answer.getStatusCode() == GrpcStatusCode.OK) {
      accepted(answer.getResponseMessage());
    } else {
      refused(Refusal.ofGrpc(answer));
    }
  }

  /// Why the last request that failed did.
  Refusal lastRefusal() {
    return lastRefusal;
  }

  /// Points refused in requests that were accepted, since the beginning.
  long rejectedPoints() {
    return partialSuccess.rejected();
  }
}
