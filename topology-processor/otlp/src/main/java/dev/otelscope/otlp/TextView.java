package dev.otelscope.otlp;

/// UTF-8 text inside a message.
public interface TextView {

  /// Length in bytes.
  int length();

  byte byteAt(int index);

  /// Whether the bytes are those of `text`.
  boolean is(Utf8 text);

  boolean isEmpty();

  /// The text as a string, allocated anew unless the reader has met it recently.
  ///
  /// Bytes that are not UTF-8 become U+FFFD.
  String string();
}
