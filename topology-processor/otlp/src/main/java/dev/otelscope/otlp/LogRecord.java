package dev.otelscope.otlp;

import dev.otelscope.model.AttributeValue;

/// A flyweight over a `LogRecord`. Refilled for each.
final class LogRecord implements LogRecordView {
  private static final int TIME = 1 << 3 | WireReader.FIXED64;
  private static final int SEVERITY = 2 << 3 | WireReader.VARINT;
  private static final int BODY = 5 << 3 | WireReader.LENGTH;
  private static final int ATTRIBUTES = 6 << 3 | WireReader.LENGTH;
  private static final int OBSERVED_TIME = 11 << 3 | WireReader.FIXED64;
  private static final int EVENT_NAME = 12 << 3 | WireReader.LENGTH;

  private final MessageCheck check;
  private final AttributeSet attributes;
  private final TextSlice eventName;
  private byte[] bytes = new byte[0];
  private int offset;
  private int length;
  private long time;
  private long observedTime;
  private int severity;

  LogRecord(OtlpLimits limits, MessageCheck check, TextCache cache) {
    this.check = check;
    this.attributes = new AttributeSet(limits, check, cache);
    this.eventName = new TextSlice(cache);
  }

  /// Reads the record that the reader is in.
  void read(WireReader in) throws MalformedOtlpException {
    clear(in);
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case ATTRIBUTES -> attributes.add(in);
        case TIME -> time = in.fixed64();
        case OBSERVED_TIME -> observedTime = in.fixed64();
        case SEVERITY -> severity = (int) in.varint();
        case EVENT_NAME -> eventName.read(in);
        default -> check.field(in, OtlpSchema.LOG_RECORD, tag); // the body is read when asked for
      }
    }
  }

  private void clear(WireReader in) {
    attributes.clear(in, ATTRIBUTES);
    eventName.clear();
    bytes = in.bytes();
    offset = in.position();
    length = in.end() - offset;
    time = 0;
    observedTime = 0;
    severity = 0;
  }

  long overLimit() {
    return attributes.overLimit();
  }

  @Override
  public long timeNanos() {
    return time;
  }

  @Override
  public long observedTimeNanos() {
    return observedTime;
  }

  @Override
  public int severity() {
    return severity;
  }

  @Override
  public TextView eventName() {
    return eventName;
  }

  @Override
  public AttributesView attributes() {
    return attributes;
  }

  @Override
  public AttributeValue body() {
    return ValueTree.ofField(bytes, offset, length, BODY).value();
  }
}
