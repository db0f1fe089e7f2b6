package dev.otelscope.otlp;

/// A flyweight over a `NumberDataPoint`. Refilled for each.
final class NumberPoint implements NumberPointView {
  private static final int START_TIME = 2 << 3 | WireReader.FIXED64;
  private static final int TIME = 3 << 3 | WireReader.FIXED64;
  private static final int AS_DOUBLE = 4 << 3 | WireReader.FIXED64;
  private static final int EXEMPLARS = 5 << 3 | WireReader.LENGTH;
  private static final int AS_INT = 6 << 3 | WireReader.FIXED64;
  private static final int ATTRIBUTES = 7 << 3 | WireReader.LENGTH;
  private static final int FLAGS = 8 << 3 | WireReader.VARINT;
  private static final long NO_RECORDED_VALUE = 1;

  private final MessageCheck check;
  private final AttributeSet attributes;
  private final ExemplarList exemplars;
  private long startTime;
  private long time;
  private long bits;
  private boolean isDecimal;
  private boolean hasValue;
  private long flags;

  NumberPoint(OtlpLimits limits, MessageCheck check, TextCache cache) {
    this.check = check;
    this.attributes = new AttributeSet(limits, check, cache);
    this.exemplars = new ExemplarList(limits, check, cache);
  }

  /// Reads the point that the reader is in.
  void read(WireReader in) throws MalformedOtlpException {
    clear(in);
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case ATTRIBUTES -> attributes.add(in);
        case START_TIME -> startTime = in.fixed64();
        case TIME -> time = in.fixed64();
        case AS_INT -> value(false, in.fixed64());
        case AS_DOUBLE -> value(true, in.fixed64());
        case EXEMPLARS -> exemplars.add(in);
        case FLAGS -> flags = in.varint();
        default -> check.field(in, OtlpSchema.NUMBER_DATA_POINT, tag);
      }
    }
  }

  private void clear(WireReader in) {
    attributes.clear(in, ATTRIBUTES);
    exemplars.clear();
    startTime = 0;
    time = 0;
    bits = 0;
    isDecimal = false;
    hasValue = false;
    flags = 0;
  }

  private void value(boolean decimal, long valueBits) {
    hasValue = true;
    isDecimal = decimal;
    bits = valueBits;
  }

  long overLimit() {
    return attributes.overLimit() + exemplars.overLimit();
  }

  @Override
  public long startTimeNanos() {
    return startTime;
  }

  @Override
  public long timeNanos() {
    return time;
  }

  @Override
  public boolean hasNoValue() {
    return !hasValue || (flags & NO_RECORDED_VALUE) != 0;
  }

  @Override
  public boolean isDecimal() {
    return isDecimal;
  }

  @Override
  public long whole() {
    return isDecimal ? (long) Double.longBitsToDouble(bits) : bits;
  }

  @Override
  public double decimal() {
    return isDecimal ? Double.longBitsToDouble(bits) : bits;
  }

  @Override
  public AttributesView attributes() {
    return attributes;
  }

  @Override
  public int exemplars() {
    return exemplars.size();
  }

  @Override
  public AttributesView exemplarAttributes(int index) {
    return exemplars.attributes(index);
  }
}
