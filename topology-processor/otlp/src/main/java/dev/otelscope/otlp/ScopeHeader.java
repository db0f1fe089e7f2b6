package dev.otelscope.otlp;

/// What stands around the metrics of a `ScopeMetrics` or the records of a `ScopeLogs`, gathered
/// before them. Refilled for each.
final class ScopeHeader {
  private static final int SCOPE = 1 << 3 | WireReader.LENGTH;
  private static final int NAME = 1 << 3 | WireReader.LENGTH;

  /// A repeated message, of each signal.
  static final int CONTENT = 2 << 3 | WireReader.LENGTH;

  private final MessageType type;
  private final MessageCheck check;
  private final TextSlice name;

  /// @param type of the messages that it reads
  ScopeHeader(MessageType type, MessageCheck check, TextCache cache) {
    this.type = type;
    this.check = check;
    this.name = new TextSlice(cache);
  }

  /// Reads the message that the reader is in, but for its content, and leaves the reader where it
  /// was.
  ///
  /// @return the scope's name
  TextView read(WireReader in) throws MalformedOtlpException {
    name.clear();
    int start = in.position();
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case SCOPE -> readScope(in);
        case CONTENT -> in.skipLength();
        default -> check.field(in, type, tag);
      }
    }
    in.position(start);
    return name;
  }

  private void readScope(WireReader in) throws MalformedOtlpException {
    int outer = in.enter();
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == NAME) {
        name.read(in);
      } else {
        check.field(in, OtlpSchema.SCOPE, tag);
      }
    }
    in.leave(outer);
  }
}
