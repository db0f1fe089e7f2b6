package dev.otelscope.otlp;

import org.jspecify.annotations.Nullable;

/// What stands around the data points of a `Metric`, gathered before them. Refilled for each.
final class MetricHeader implements MetricView {
  private static final int NAME = 1 << 3 | WireReader.LENGTH;
  private static final int UNIT = 3 << 3 | WireReader.LENGTH;
  private static final int TEMPORALITY = 2 << 3 | WireReader.VARINT;
  private static final int MONOTONIC = 3 << 3 | WireReader.VARINT;

  /// A repeated message in each kind of data.
  static final int DATA_POINTS = 1 << 3 | WireReader.LENGTH;

  private final MessageCheck check;
  private final TextSlice name;
  private final TextSlice unit;
  private @Nullable Kind kind;
  private int dataStart;
  private long temporality;
  private boolean monotonic;

  MetricHeader(MessageCheck check, TextCache cache) {
    this.check = check;
    this.name = new TextSlice(cache);
    this.unit = new TextSlice(cache);
  }

  /// Reads the `Metric` that the reader is in, but for the data points, and leaves the reader where
  /// it was.
  ///
  /// @return whether there are data of a kind
  boolean read(WireReader in) throws MalformedOtlpException {
    name.clear();
    unit.clear();
    kind = null;
    int start = in.position();
    while (in.hasMore()) {
      int at = in.position();
      int tag = in.tag();
      switch (tag) {
        case NAME -> name.read(in);
        case UNIT -> unit.read(in);
        default -> {
          Kind next = kindAt(tag);
          if (next == null) {
            check.field(in, OtlpSchema.METRIC, tag);
          } else {
            readData(in, next, at);
          }
        }
      }
    }
    in.position(start);
    return kind != null;
  }

  /// The kind of data behind a tag of `Metric`, null when there are none.
  static @Nullable Kind kindAt(int tag) {
    return switch (tag) {
      case 5 << 3 | WireReader.LENGTH -> Kind.GAUGE;
      case 7 << 3 | WireReader.LENGTH -> Kind.SUM;
      case 9 << 3 | WireReader.LENGTH -> Kind.HISTOGRAM;
      case 10 << 3 | WireReader.LENGTH -> Kind.EXPONENTIAL_HISTOGRAM;
      case 11 << 3 | WireReader.LENGTH -> Kind.SUMMARY;
      default -> null;
    };
  }

  /// Data of another kind than those before put them out of force; those of the same kind add to
  /// them.
  private void readData(WireReader in, Kind next, int at) throws MalformedOtlpException {
    if (kind != next) {
      kind = next;
      dataStart = at;
      temporality = 0;
      monotonic = false;
    }
    MessageType type = dataType(next);
    int outer = in.enter();
    while (in.hasMore()) {
      int tag = in.tag();
      if (tag == DATA_POINTS) {
        do {
          in.skipLength();
        } while (in.skipTag(DATA_POINTS));
      } else if (tag == TEMPORALITY && next != Kind.GAUGE && next != Kind.SUMMARY) {
        temporality = in.varint();
      } else if (tag == MONOTONIC && next == Kind.SUM) {
        monotonic = in.varint() != 0;
      } else {
        check.field(in, type, tag);
      }
    }
    in.leave(outer);
  }

  private static MessageType dataType(Kind kind) {
    return switch (kind) {
      case GAUGE -> OtlpSchema.GAUGE;
      case SUM -> OtlpSchema.SUM;
      case HISTOGRAM -> OtlpSchema.HISTOGRAM;
      case EXPONENTIAL_HISTOGRAM -> OtlpSchema.EXPONENTIAL_HISTOGRAM;
      case SUMMARY -> OtlpSchema.SUMMARY;
    };
  }

  /// Where the data that are in force begin; none of another kind come after.
  int dataStart() {
    return dataStart;
  }

  @Override
  public TextView name() {
    return name;
  }

  @Override
  public TextView unit() {
    return unit;
  }

  @Override
  public Kind kind() {
    if (kind == null) {
      throw new IllegalStateException("a metric without data is not handed over");
    }
    return kind;
  }

  @Override
  public Temporality temporality() {
    return switch ((int) temporality) {
      case 1 -> Temporality.DELTA;
      case 2 -> Temporality.CUMULATIVE;
      default -> Temporality.UNSPECIFIED;
    };
  }

  @Override
  public boolean isMonotonic() {
    return monotonic;
  }
}
