package dev.otelscope.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/// A text with its bytes.
final class Text {
  /*
   * Comparison
   *   The first and last eight bytes lie in the object itself: they are all of a text of up to
   *   sixteen, and nearly always tell longer ones apart. Another array would have to be fetched, and
   *   most texts that a text is compared with come from the cold end of the cache.
   */

  static final Text EMPTY = of(new byte[0], 0, 0);

  private final int length;
  private final long first;
  private final long last;
  private final byte[] bytes;
  private final String string;
  private final int fingerprint;

  private Text(byte[] bytes) {
    this.length = bytes.length;
    this.first = ByteRange.first(bytes, 0, length);
    this.last = ByteRange.last(bytes, 0, length);
    this.bytes = bytes;
    this.string = new String(bytes, UTF_8);
    this.fingerprint = ByteRange.fingerprint(bytes, 0, length);
  }

  static Text of(byte[] source, int offset, int length) {
    return new Text(Arrays.copyOfRange(source, offset, offset + length));
  }

  /// See [ByteRange#fingerprint].
  int fingerprint() {
    return fingerprint;
  }

  String string() {
    return string;
  }

  boolean isAt(byte[] source, int offset, int count) {
    return count == length
        && first == ByteRange.first(source, offset, count)
        && last == ByteRange.last(source, offset, count)
        && (count <= 2 * Long.BYTES || ByteRange.areEqual(bytes, 0, source, offset, count));
  }
}
