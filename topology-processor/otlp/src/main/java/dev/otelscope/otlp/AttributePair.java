package dev.otelscope.otlp;

import static java.lang.Double.longBitsToDouble;

import dev.otelscope.model.AttributeValue;
import dev.otelscope.otlp.AttributesView.ValueType;

/// One `KeyValue` of the message that is being read: where its key is, and its value or where that
/// is. Refilled for each.
final class AttributePair {
  private static final int KEY = 1 << 3 | WireReader.LENGTH;
  private static final int VALUE = 2 << 3 | WireReader.LENGTH;

  private static final int STRING_VALUE = 1 << 3 | WireReader.LENGTH;
  private static final int BOOL_VALUE = 2 << 3 | WireReader.VARINT;
  private static final int INT_VALUE = 3 << 3 | WireReader.VARINT;
  private static final int DOUBLE_VALUE = 4 << 3 | WireReader.FIXED64;
  private static final int ARRAY_VALUE = 5 << 3 | WireReader.LENGTH;
  private static final int KVLIST_VALUE = 6 << 3 | WireReader.LENGTH;
  private static final int BYTES_VALUE = 7 << 3 | WireReader.LENGTH;
  private static final int STRING_VALUE_STRINDEX = 8 << 3 | WireReader.VARINT;

  private static final Utf8 TRUE = Utf8.of("true");

  private final MessageCheck check;
  private final TextSlice key;
  private final TextSlice text;
  private byte[] bytes = new byte[0];
  private int offset;
  private int length;
  private int fingerprint;
  private ValueType type = ValueType.EMPTY;
  private long number;

  AttributePair(MessageCheck check, TextCache cache) {
    this.check = check;
    this.key = new TextSlice(cache);
    this.text = new TextSlice(cache);
  }

  /// Reads the `KeyValue` behind a tag.
  void read(WireReader in) throws MalformedOtlpException {
    int outer = in.enter();
    bytes = in.bytes();
    offset = in.position();
    length = in.end() - offset;
    key.clear();
    type = ValueType.EMPTY;
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case KEY -> key.read(in);
        case VALUE -> readValue(in);
        default -> check.field(in, OtlpSchema.KEY_VALUE, tag);
      }
    }
    in.leave(outer);
    fingerprint = key.fingerprint();
  }

  private void readValue(WireReader in) throws MalformedOtlpException {
    int outer = in.enter();
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case STRING_VALUE -> {
          type = ValueType.TEXT;
          text.read(in);
        }
        case INT_VALUE -> number(ValueType.WHOLE, in.varint());
        case BOOL_VALUE -> number(ValueType.TRUTH, in.varint());
        case DOUBLE_VALUE -> number(ValueType.DECIMAL, in.fixed64());
        case ARRAY_VALUE -> elsewhere(in, ValueType.LISTING, tag);
        case KVLIST_VALUE -> elsewhere(in, ValueType.MAP, tag);
        case BYTES_VALUE -> elsewhere(in, ValueType.BYTES, tag);
        case STRING_VALUE_STRINDEX -> elsewhere(in, ValueType.EMPTY, tag);
        default -> check.field(in, OtlpSchema.ANY_VALUE, tag);
      }
    }
    in.leave(outer);
  }

  private void number(ValueType numberType, long bits) {
    type = numberType;
    number = bits;
  }

  /// Only checks the value: it is read again when it is asked for, which is seldom.
  private void elsewhere(WireReader in, ValueType valueType, int tag)
      throws MalformedOtlpException {
    type = valueType;
    check.field(in, OtlpSchema.ANY_VALUE, tag);
  }

  /// Cuts a text to at most so many bytes, empties any other value whose pair has more.
  ///
  /// @return whether there was anything to cut
  boolean cut(int most) {
    if (type == ValueType.TEXT) {
      return text.cut(most);
    }
    boolean isLong = length > most && !isNumber();
    if (isLong) {
      type = ValueType.EMPTY;
    }
    return isLong;
  }

  private boolean isNumber() {
    return type == ValueType.WHOLE || type == ValueType.DECIMAL || type == ValueType.TRUTH;
  }

  int fingerprint() {
    return fingerprint;
  }

  boolean hasKeyOf(AttributePair other) {
    return fingerprint == other.fingerprint && key.hasBytesOf(other.key);
  }

  TextSlice key() {
    return key;
  }

  ValueType type() {
    return type;
  }

  TextSlice text() {
    require(ValueType.TEXT);
    return text;
  }

  long whole() {
    if (type == ValueType.TEXT) {
      return text.whole();
    }
    require(ValueType.WHOLE);
    return number;
  }

  double decimal() {
    if (type == ValueType.WHOLE) {
      return number;
    }
    require(ValueType.DECIMAL);
    return longBitsToDouble(number);
  }

  boolean truth() {
    if (type == ValueType.TEXT) {
      return text.is(TRUE);
    }
    require(ValueType.TRUTH);
    return number != 0;
  }

  AttributeValue value() {
    return switch (type) {
      case TEXT -> AttributeValue.of(text.string());
      case WHOLE -> AttributeValue.of(number);
      case DECIMAL -> AttributeValue.of(longBitsToDouble(number));
      case TRUTH -> AttributeValue.of(number != 0);
      case EMPTY -> AttributeValue.of("");
      case BYTES, LISTING, MAP -> ValueTree.ofPair(bytes, offset, length).value();
    };
  }

  private void require(ValueType wanted) {
    if (type != wanted) {
      throw new IllegalStateException("attribute '%s' is %s, not %s".formatted(key, type, wanted));
    }
  }
}
