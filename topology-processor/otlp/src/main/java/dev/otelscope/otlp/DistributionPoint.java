package dev.otelscope.otlp;

import dev.otelscope.otlp.MetricView.Kind;

/// A flyweight over a data point of a histogram, exponential histogram or summary. Refilled for
/// each.
final class DistributionPoint implements DistributionPointView {
  // The same in all three
  private static final int START_TIME = 2 << 3 | WireReader.FIXED64;
  private static final int TIME = 3 << 3 | WireReader.FIXED64;
  private static final int COUNT = 4 << 3 | WireReader.FIXED64;
  private static final int SUM = 5 << 3 | WireReader.FIXED64;
  private static final long NO_RECORDED_VALUE = 1;

  private final MessageCheck check;
  private final AttributeSet attributes;
  private long startTime;
  private long time;
  private long count;
  private double sum;
  private long flags;

  DistributionPoint(OtlpLimits limits, MessageCheck check, TextCache cache) {
    this.check = check;
    this.attributes = new AttributeSet(limits, check, cache);
  }

  /// Reads the point that the reader is in.
  void read(WireReader in, Kind kind) throws MalformedOtlpException {
    clear(kind);
    switch (kind) {
      case HISTOGRAM -> read(in, OtlpSchema.HISTOGRAM_DATA_POINT, 9, 10);
      case EXPONENTIAL_HISTOGRAM -> read(in, OtlpSchema.EXPONENTIAL_HISTOGRAM_DATA_POINT, 1, 10);
      case SUMMARY -> read(in, OtlpSchema.SUMMARY_DATA_POINT, 7, 8);
      case GAUGE, SUM -> throw new IllegalArgumentException(kind + " has number points");
    }
  }

  private void read(WireReader in, MessageType type, int attributesNumber, int flagsNumber)
      throws MalformedOtlpException {
    int attributesTag = attributesNumber << 3 | WireReader.LENGTH;
    int flagsTag = flagsNumber << 3 | WireReader.VARINT;
    attributes.clear(in, attributesTag);
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == attributesTag) {
        attributes.add(in);
      } else if (tag == flagsTag) {
        flags = in.varint();
      } else {
        switch (tag) {
          case START_TIME -> startTime = in.fixed64();
          case TIME -> time = in.fixed64();
          case COUNT -> count = in.fixed64();
          case SUM -> sum = Double.longBitsToDouble(in.fixed64());
          default -> check.field(in, type, tag);
        }
      }
    }
  }

  private void clear(Kind kind) {
    startTime = 0;
    time = 0;
    count = 0;
    sum = kind == Kind.SUMMARY ? 0 : Double.NaN; // a summary has no way not to say it
    flags = 0;
  }

  long overLimit() {
    return attributes.overLimit();
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
    return (flags & NO_RECORDED_VALUE) != 0;
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public double sum() {
    return sum;
  }

  @Override
  public AttributesView attributes() {
    return attributes;
  }
}
