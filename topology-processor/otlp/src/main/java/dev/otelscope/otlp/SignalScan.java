package dev.otelscope.otlp;

/// Checks export requests of any signal for being well formed, and counts their data points, log
/// records or spans. Reused, by one thread.
public final class SignalScan {
  private final WireReader in = new WireReader();
  private final MessageCheck check;

  public SignalScan(OtlpLimits limits) {
    check = new MessageCheck(limits.nesting());
  }

  /// @param message protobuf bytes of the signal's `Export…ServiceRequest`
  /// @return how many records the message carries
  public long count(byte[] message, Signal signal) throws MalformedOtlpException {
    in.reset(message, 0, message.length);
    check.reset();
    check.message(in, signal.requestType());
    return check.records();
  }
}
