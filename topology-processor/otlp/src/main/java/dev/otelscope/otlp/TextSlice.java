package dev.otelscope.otlp;

/// A flyweight over bytes of the message that is being read. Remembers the text that it stood for
/// when it was last asked, since the same place of the next point mostly has the same one.
final class TextSlice implements TextView {
  private final TextCache cache;
  private byte[] bytes = new byte[0];
  private int offset;
  private int length;
  private Text last = Text.EMPTY;
  private boolean isResolved; // whether `last` is the text of these bytes

  TextSlice(TextCache cache) {
    this.cache = cache;
  }

  @SuppressWarnings("ReferenceEquality") // the same array
  TextSlice at(byte[] source, int from, int count) {
    if (bytes != source) {
      bytes = source; // once a message: the collector's barrier at such a store is dear
    }
    offset = from;
    length = count;
    isResolved = false;
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
    isResolved = false;
  }

  /// Shortens the text to at most so many bytes, at a character.
  ///
  /// @return whether it was longer
  boolean cut(int most) {
    if (length <= most) {
      return false;
    }
    isResolved = false;
    length = most;
    while (length > 0 && (bytes[offset + length] & 0xC0) == 0x80) {
      length--;
    }
    return true;
  }

  boolean hasBytesOf(TextSlice other) {
    return length == other.length
        && ByteRange.areEqual(bytes, offset, other.bytes, other.offset, length);
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
    return text().string();
  }

  /// The text as an object that outlives the message.
  Text text() {
    if (!isResolved) {
      resolve();
    }
    return last;
  }

  private void resolve() {
    if (!last.isAt(bytes, offset, length)) {
      last = cache.text(bytes, offset, length);
    }
    isResolved = true;
  }

  @Override
  public String toString() {
    return string();
  }
}
