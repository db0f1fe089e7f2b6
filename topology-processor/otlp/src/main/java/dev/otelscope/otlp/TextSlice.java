package dev.otelscope.otlp;

import java.util.Arrays;

/// A flyweight over bytes of the message that is being read.
final class TextSlice implements TextView {
  private final TextCache cache;
  private byte[] bytes = new byte[0];
  private int offset;
  private int length;

  TextSlice(TextCache cache) {
    this.cache = cache;
  }

  TextSlice at(byte[] source, int from, int count) {
    bytes = source;
    offset = from;
    length = count;
    return this;
  }

  /// Reads the text behind a tag.
  void read(WireReader in) throws MalformedOtlpException {
    int count = in.length();
    at(in.bytes(), in.position(), count);
    in.advance(count);
  }

  void clear() {
    length = 0;
  }

  /// Shortens the text to at most so many bytes, at a character.
  ///
  /// @return whether it was longer
  boolean cut(int most) {
    if (length <= most) {
      return false;
    }
    length = most;
    while (length > 0 && (bytes[offset + length] & 0xC0) == 0x80) {
      length--;
    }
    return true;
  }

  int fingerprint() {
    return Utf8.fingerprint(bytes, offset, length);
  }

  boolean hasBytesOf(TextSlice other) {
    return Arrays.equals(
        bytes, offset, offset + length, other.bytes, other.offset, other.offset + other.length);
  }

  /// The number that an optional minus sign and digits stand for.
  ///
  /// @throws IllegalStateException when the text is something else, or needs more than 64 bits
  long whole() {
    boolean isNegative = length > 0 && bytes[offset] == '-';
    int first = isNegative ? 1 : 0;
    long number = 0; // negative all the way, because that side has one number more
    boolean fits = length > first;
    for (int i = first; i < length && fits; i++) {
      int digit = bytes[offset + i] - '0';
      fits = digit >= 0 && digit <= 9 && number >= (Long.MIN_VALUE + digit) / 10;
      number = number * 10 - digit;
    }
    if (!fits || (!isNegative && number == Long.MIN_VALUE)) {
      throw new IllegalStateException("not a whole number: '" + string() + "'");
    }
    return isNegative ? number : -number;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public byte byteAt(int index) {
    if (index < 0 || index >= length) {
      throw new IndexOutOfBoundsException("byte " + index + " of a text of " + length);
    }
    return bytes[offset + index];
  }

  @Override
  public boolean is(Utf8 text) {
    return text.isAt(bytes, offset, length);
  }

  @Override
  public boolean isEmpty() {
    return length == 0;
  }

  @Override
  public String string() {
    return cache.text(bytes, offset, length);
  }

  @Override
  public String toString() {
    return string();
  }
}
