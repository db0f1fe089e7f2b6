package dev.otelscope.graphstream;

import static java.util.Objects.requireNonNull;

/// One item of the stream.
///
/// @param last whether its payload ends with it; if not, the next item of the same kind goes on
/// @param payload at most [#MAX_PAYLOAD] bytes; not copied, so nobody changes it
@SuppressWarnings("ArrayRecordComponent") // never compared, and copying would double the work
record Frame(Kind kind, boolean last, byte[] payload) {
  static final int MAX_PAYLOAD = 1 << 20;

  enum Kind {
    HEADER(0),
    DELTA(1),
    HEARTBEAT(2);

    /// What stands for it on the wire; the constants are in this order.
    final int code;

    Kind(int code) {
      this.code = code;
    }
  }

  Frame {
    requireNonNull(kind, "kind");
    if (payload.length > MAX_PAYLOAD) {
      throw new IllegalArgumentException(
          "a payload has at most " + MAX_PAYLOAD + " bytes, not " + payload.length);
    }
  }
}
