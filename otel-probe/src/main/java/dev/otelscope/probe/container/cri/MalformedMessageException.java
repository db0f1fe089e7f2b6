package dev.otelscope.probe.container.cri;

import java.io.IOException;

/// Bytes are no protobuf message, or not the one that was asked for.
final class MalformedMessageException extends IOException {
  private static final long serialVersionUID = 1;

  MalformedMessageException(int offset, String expected) {
    super("a message of CRI is malformed at byte " + offset + ": expected " + expected);
  }
}
