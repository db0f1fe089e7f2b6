package dev.otelscope.probe.sockdiag;

import java.io.IOException;

/// Bytes from the kernel that are not what its headers describe.
final class MalformedNetlinkException extends IOException {
  private static final long serialVersionUID = 1;

  /// @param offset where in the datagram
  MalformedNetlinkException(String expected, int offset) {
    super("expected " + expected + " at offset " + offset + " of a netlink datagram");
  }
}
