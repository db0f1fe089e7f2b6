package dev.otelscope.otlp;

/// A `NumberDataPoint`.
public interface NumberPointView {

  /// Nanoseconds since 1970, 0 when not said.
  long startTimeNanos();

  /// Nanoseconds since 1970, 0 when not said.
  long timeNanos();

  /// Whether the point says that there is no value (`FLAG_NO_RECORDED_VALUE`): the series has
  /// ended. Also of a point in which no value stands, whatever its flags.
  boolean hasNoValue();

  /// Whether the value is a double.
  boolean isDecimal();

  /// The value; a double is rounded toward zero.
  long whole();

  double decimal();

  AttributesView attributes();

  int exemplars();

  /// Filtered attributes of an exemplar; valid until the next call.
  AttributesView exemplarAttributes(int index);
}
