package dev.otelscope.graphstream;

import java.io.IOException;

/// The bytes are not a graph stream, or not one that this version reads.
public final class MalformedGraphException extends IOException {
  private final long offset;

  MalformedGraphException(long offset, String problem) {
    super("byte " + offset + ": " + problem);
    this.offset = offset;
  }

  /// Where reading stopped, counted from 0: in the delta for a delta, in the stream for an item.
  public long offset() {
    return offset;
  }
}
