package dev.otelscope.otlp;

import dev.otelscope.model.AttributeValue;

/// A `LogRecord`.
public interface LogRecordView {

  /// When it happened: nanoseconds since 1970, 0 when not said.
  long timeNanos();

  /// When it was noticed: nanoseconds since 1970, 0 when not said.
  long observedTimeNanos();

  /// From 1 (TRACE) to 24 (FATAL4); 0 when not said.
  int severity();

  /// Which event it is; empty for a log that is no event.
  TextView eventName();

  AttributesView attributes();

  /// What it says, as [AttributesView#value]; the empty text when it says nothing. Made anew at
  /// each call.
  AttributeValue body();
}
