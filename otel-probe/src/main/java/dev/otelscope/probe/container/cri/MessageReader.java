package dev.otelscope.probe.container.cri;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;

/// Reads the fields of a protobuf message, one after another. Whoever reads asks for the values of
/// those that it knows; the others are skipped by [#next].
///
/// ```java
/// while (reader.next()) {
///   switch (reader.field()) {
///     case 1 -> name = reader.text();
///     default -> {}
///   }
/// }
/// ```
final class MessageReader {
  private static final int VARINT = 0;
  private static final int EIGHT_BYTES = 1;
  private static final int LENGTH = 2;
  private static final int FOUR_BYTES = 5;
  private static final int LONGEST_VARINT = 10;

  private final byte[] bytes;
  private final int end;
  private int position;
  private int field;
  private int kind;
  private int valueStart;
  private long value; // of a varint

  MessageReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private MessageReader(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.position = from;
    this.end = end;
  }

  /// Goes to the next field, wherever the last one's value ends.
  ///
  /// @return false at the end of the message
  boolean next() throws MalformedMessageException {
    if (position == end) {
      return false;
    }
    int start = position;
    long key = varint();
    field = (int) (key >>> 3);
    kind = (int) (key & 7);
    if (field == 0 || key >>> 3 > Integer.MAX_VALUE) {
      throw new MalformedMessageException(start, "the number of a field");
    }
    switch (kind) {
      case VARINT -> value = varint();
      case EIGHT_BYTES -> skip(Long.BYTES);
      case LENGTH -> skip(varint());
      case FOUR_BYTES -> skip(Integer.BYTES);
      default -> throw new MalformedMessageException(start, "a value, not one of kind " + kind);
    }
    return true;
  }

  private void skip(long length) throws MalformedMessageException {
    valueStart = position;
    if (length < 0 || length > end - position) {
      throw new MalformedMessageException(position, length + " more bytes");
    }
    position += (int) length;
  }

  private long varint() throws MalformedMessageException {
    int start = position;
    long number = 0;
    for (int i = 0; i < LONGEST_VARINT && position < end; i++) {
      byte part = bytes[position++];
      number |= (long) (part & 0x7F) << (7 * i);
      if (part >= 0) {
        return number;
      }
    }
    throw new MalformedMessageException(start, "a whole number");
  }

  /// The number of the present field.
  int field() {
    return field;
  }

  /// The value of the present field, a number or an enumeration's constant.
  long number() throws MalformedMessageException {
    check(VARINT, "a number");
    return value;
  }

  /// The value of the present field, a string.
  String text() throws MalformedMessageException {
    check(LENGTH, "a text");
    return new String(bytes, valueStart, position - valueStart, UTF_8);
  }

  /// The value of the present field, a message.
  MessageReader message() throws MalformedMessageException {
    check(LENGTH, "a message");
    return new MessageReader(bytes, valueStart, position);
  }

  /// Adds the value of the present field, an entry of a map, to others.
  void entry(Map<String, String> entries) throws MalformedMessageException {
    MessageReader entry = message();
    String key = "";
    String text = "";
    while (entry.next()) {
      switch (entry.field()) {
        case 1 -> key = entry.text();
        case 2 -> text = entry.text();
        default -> {
          // a map's entry has no more
        }
      }
    }
    entries.put(key, text);
  }

  private void check(int wanted, String expected) throws MalformedMessageException {
    if (kind != wanted) {
      throw new MalformedMessageException(position, expected + " as field " + field);
    }
  }
}
