package dev.otelscope.probe.kernel;

import java.io.IOException;

/// Bytes from the kernel that are not what its headers describe.
public final class MalformedNetlinkException extends IOException {
  private static final long serialVersionUID = 1;

  /// @param offset where in the datagram
  public MalformedNetlinkException(String expected, int offset) {
    super("expected " + expected + " at offset " + offset + " of a netlink datagram");
  }
}
