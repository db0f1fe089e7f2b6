package dev.otelscope.probe.container.cri.grpc;

import java.io.IOException;

/// A server understood gRPC and answered a question otherwise than with OK.
public final class GrpcException extends IOException {
  private static final long serialVersionUID = 1;
  private static final int NOT_FOUND = 5;

  private final int status;

  GrpcException(int status, String message) {
    super(message + " (gRPC status " + status + ")");
    this.status = status;
  }

  /// Whether what was asked for is not there (any more).
  public boolean isNotFound() {
    return status == NOT_FOUND;
  }
}
