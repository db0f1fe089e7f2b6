package dev.otelscope.otlp;

import dev.otelscope.model.AttributeValue;

/// The key-value pairs of a resource or a point, addressed by position `0 … size-1` in the order of
/// the message. Of pairs with the same key the last one counts, in the place of the first.
public interface AttributesView {

  int size();

  /// The position of the pair with this key, -1 when there is none.
  int find(Utf8 key);

  TextView key(int index);

  ValueType type(int index);

  /// The value, when its type is [ValueType#TEXT].
  TextView text(int index);

  /// The value, when its type is [ValueType#WHOLE]; of a [ValueType#TEXT] that is a decimal number,
  /// that number (pipelines turn numbers into text).
  ///
  /// @throws IllegalStateException when it is neither
  long whole(int index);

  /// The value, when its type is [ValueType#DECIMAL] or [ValueType#WHOLE].
  double decimal(int index);

  /// The value, when its type is [ValueType#TRUTH]; of a [ValueType#TEXT], whether it is `true`.
  boolean truth(int index);

  /// The value as an object of its own, whatever its type. Maps become their JSON text, bytes their
  /// base64 text; an empty value is the empty text.
  AttributeValue value(int index);

  /// The text of the pair with this key, the empty string when there is none or it is no text.
  default String string(Utf8 key) {
    int index = find(key);
    return index < 0 ? "" : value(index).toString();
  }

  enum ValueType {
    TEXT,
    WHOLE,
    DECIMAL,
    TRUTH,
    LISTING,
    MAP,
    BYTES,
    EMPTY
  }
}
