package dev.otelscope.probe.kernel.bpf.btf;

import java.io.IOException;

/// Bytes that are not what the kernel documents.
public final class MalformedBtfException extends IOException {
  private static final long serialVersionUID = 1;

  /// @param expected what should be there
  /// @param offset where, in bytes from the beginning
  MalformedBtfException(String expected, int offset) {
    super("expected " + expected + " at offset " + offset + " of the type information (BTF)");
  }
}
