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

  private static final Utf8 TRUE = Utf8.of("true");

  private final MessageCheck check;
  private final TextSlice key;
  private final TextSlice text;
  private byte[] bytes = new byte[0];
  private int offset;
  private int length;
  private int valueTag;
  private long number;

  AttributePair(MessageCheck check, TextCache cache) {
    this.check = check;
    this.key = new TextSlice(cache);
    this.text = new TextSlice(cache);
  }

  /// Reads the `KeyValue` behind a tag.
  @SuppressWarnings(
      "ReferenceEquality") // whether it is the same array, not whether it has the same bytes
  void read(WireReader in) throws MalformedOtlpException {
    byte[] source = in.bytes();
    if (bytes != source) {
      bytes = source; // once a message: the collector's barrier at such a store is dear
    }
    if (!readUsual(in)) {
      readAny(in);
    }
  }

  /// Reads the pair if it stands as nearly all writers write it: a short key, then a short text or
  /// a small whole number, then nothing.
  ///
  /// @return false when it does not; then nothing was read
  private boolean readUsual(WireReader in) {
    int at = in.position();
    int left = in.end() - at - 1;
    int pairLength = left < 0 ? 0 : bytes[at];
    if (pairLength < 6 || pairLength > left || bytes[at + 1] != KEY) {
      return false;
    }
    int pairEnd = at + 1 + pairLength;
    int keyLength = bytes[at + 2];
    int value = at + 3 + keyLength;
    if (keyLength < 0
        || value > pairEnd - 4
        || bytes[value] != VALUE
        || bytes[value + 1] != pairEnd - value - 2) {
      return false;
    }
    int tag = bytes[value + 2];
    if (tag == STRING_VALUE && bytes[value + 3] == pairEnd - value - 4) {
      text.at(bytes, value + 4, pairEnd - value - 4);
    } else if (tag == INT_VALUE && hasSmallNumber(value + 3, pairEnd)) {
      number = smallNumber(value + 3, pairEnd);
    } else {
      return false;
    }
    valueTag = tag;
    key.at(bytes, at + 3, keyLength);
    offset = at + 1;
    length = pairLength;
    in.position(pairEnd);
    return true;
  }

  /// Whether one number of at most three bytes fills these bytes: a port, in most cases.
  private boolean hasSmallNumber(int from, int to) {
    return switch (to - from) {
      case 1 -> bytes[from] >= 0;
      case 2 -> bytes[from] < 0 && bytes[from + 1] >= 0;
      case 3 -> bytes[from] < 0 && bytes[from + 1] < 0 && bytes[from + 2] >= 0;
      default -> false;
    };
  }

  private int smallNumber(int from, int to) {
    return switch (to - from) {
      case 1 -> bytes[from];
      case 2 -> bytes[from] & 0x7f | bytes[from + 1] << 7;
      default -> bytes[from] & 0x7f | (bytes[from + 1] & 0x7f) << 7 | bytes[from + 2] << 14;
    };
  }

  private void readAny(WireReader in) throws MalformedOtlpException {
    int outer = in.enter();
    offset = in.position();
    length = in.end() - offset;
    key.clear();
    valueTag = 0;
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case KEY -> key.read(in);
        case VALUE -> readValue(in);
        default -> check.field(in, OtlpSchema.KEY_VALUE, tag);
      }
    }
    in.leave(outer);
  }

  private void readValue(WireReader in) throws MalformedOtlpException {
    int outer = in.enter();
    while (in.hasMore()) {
      int tag = in.tag();
      switch (tag) {
        case STRING_VALUE -> text.read(in);
        case INT_VALUE, BOOL_VALUE -> number = in.varint();
        case DOUBLE_VALUE -> number = in.fixed64();
        default -> check.field(in, OtlpSchema.ANY_VALUE, tag); // read again when asked for
      }
      if (isValue(tag)) {
        valueTag = tag;
      }
    }
    in.leave(outer);
  }

  private static boolean isValue(int tag) {
    return OtlpSchema.ANY_VALUE.field(tag >>> 3) != null;
  }

  /// Cuts a text to at most so many bytes, empties any other value whose pair has more.
  ///
  /// @return whether there was anything to cut
  boolean cut(int most) {
    if (valueTag == STRING_VALUE) {
      return text.cut(most);
    }
    if (length <= most || isShort()) {
      return false;
    }
    valueTag = 0;
    return true;
  }

  private boolean isShort() {
    return valueTag == 0
        || valueTag == INT_VALUE
        || valueTag == DOUBLE_VALUE
        || valueTag == BOOL_VALUE;
  }

  /// Bytes of key and value with what stands around them.
  int length() {
    return length;
  }

  TextSlice key() {
    return key;
  }

  ValueType type() {
    return switch (valueTag) {
      case STRING_VALUE -> ValueType.TEXT;
      case INT_VALUE -> ValueType.WHOLE;
      case DOUBLE_VALUE -> ValueType.DECIMAL;
      case BOOL_VALUE -> ValueType.TRUTH;
      case ARRAY_VALUE -> ValueType.LISTING;
      case KVLIST_VALUE -> ValueType.MAP;
      case BYTES_VALUE -> ValueType.BYTES;
      default -> ValueType.EMPTY;
    };
  }

  TextSlice text() {
    require(STRING_VALUE, ValueType.TEXT);
    return text;
  }

  long whole() {
    if (valueTag == STRING_VALUE) {
      return text.whole();
    }
    require(INT_VALUE, ValueType.WHOLE);
    return number;
  }

  double decimal() {
    if (valueTag == INT_VALUE) {
      return number;
    }
    require(DOUBLE_VALUE, ValueType.DECIMAL);
    return longBitsToDouble(number);
  }

  boolean truth() {
    if (valueTag == STRING_VALUE) {
      return text.is(TRUE);
    }
    require(BOOL_VALUE, ValueType.TRUTH);
    return number != 0;
  }

  AttributeValue value() {
    return switch (type()) {
      case TEXT -> AttributeValue.of(text.string());
      case WHOLE -> AttributeValue.of(number);
      case DECIMAL -> AttributeValue.of(longBitsToDouble(number));
      case TRUTH -> AttributeValue.of(number != 0);
      case EMPTY -> AttributeValue.of("");
      case BYTES, LISTING, MAP -> ValueTree.ofPair(bytes, offset, length).value();
    };
  }

  private void require(int tag, ValueType wanted) {
    if (valueTag != tag) {
      throw new IllegalStateException(
          "attribute '%s' is %s, not %s".formatted(key, type(), wanted));
    }
  }
}
