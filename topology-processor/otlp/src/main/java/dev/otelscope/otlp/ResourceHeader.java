package dev.otelscope.otlp;

/// What stands around the scopes of a `ResourceMetrics` or `ResourceLogs`, gathered before them.
/// Refilled for each.
final class ResourceHeader {
  private static final int RESOURCE = 1 << 3 | WireReader.LENGTH;
  private static final int ATTRIBUTES = 1 << 3 | WireReader.LENGTH;

  /// A repeated message, of each signal.
  static final int SCOPES = 2 << 3 | WireReader.LENGTH;

  private final MessageType type;
  private final MessageCheck check;
  private final AttributeSet attributes;

  /// @param type of the messages that it reads
  ResourceHeader(MessageType type, OtlpLimits limits, MessageCheck check, TextCache cache) {
    this.type = type;
    this.check = check;
    this.attributes = new AttributeSet(limits, check, cache);
  }

  /// Reads the message that the reader is in, but for the scopes, and leaves the reader where it
  /// was.
  AttributesView read(WireReader in) throws MalformedOtlpException {
    attributes.clear(in, ATTRIBUTES);
    int start = in.position();
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case RESOURCE -> readResource(in);
        case SCOPES -> in.skipLength();
        default -> check.field(in, type, tag);
      }
    }
    in.position(start);
    return attributes;
  }

  private void readResource(WireReader in) throws MalformedOtlpException {
    int outer = in.enter();
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == ATTRIBUTES) {
        attributes.add(in);
      } else {
        check.field(in, OtlpSchema.RESOURCE, tag);
      }
    }
    in.leave(outer);
  }

  long overLimit() {
    return attributes.overLimit();
  }
}
