package dev.otelscope.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

/// A text known beforehand, such as an attribute's name, to be compared with bytes of a message.
public final class Utf8 {
  private final String text;
  private final byte[] bytes;
  private final int fingerprint;

  private Utf8(String text) {
    this.text = text;
    this.bytes = text.getBytes(UTF_8);
    this.fingerprint = ByteRange.fingerprint(bytes, 0, bytes.length);
  }

  public static Utf8 of(String text) {
    return new Utf8(text);
  }

  /// See [ByteRange#fingerprint].
  int fingerprint() {
    return fingerprint;
  }

  boolean isAt(byte[] source, int offset, int length) {
    return length == bytes.length && ByteRange.areEqual(bytes, 0, source, offset, length);
  }

  @Override
  public String toString() {
    return text;
  }
}
