package dev.otelscope.otlp;

/// The bytes are not what they were said to be. The only exception that a reader throws for its
/// input. Without a stack trace: how many there are is up to senders, and the offset says more.
public final class MalformedOtlpException extends Exception {
  private final int offset;

  public MalformedOtlpException(int offset, String problem) {
    super(
        "byte " + offset + ": " + problem,
        null,
        /* enableSuppression= */ false,
        /* writableStackTrace= */ false);
    this.offset = offset;
  }

  /// Where in the message reading stopped, counted from 0.
  public int offset() {
    return offset;
  }
}
