package dev.otelscope.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Strings met recently, by their bytes, so that what repeats from point to point is allocated
/// once.
///
/// Memory: one text for each of [#SLOTS] hashes, the latest; none longer than [#LONGEST] bytes;
/// hence never more than about 1.5 MiB.
final class TextCache {
  private static final int SLOTS = 4096;

  /// Bytes of a text that is worth keeping.
  static final int LONGEST = 128;

  /// A text with its bytes.
  static final class Text {
    static final Text EMPTY = new Text(new byte[0], "");

    private final byte[] bytes;
    private final String string;
    private final int fingerprint;

    private Text(byte[] bytes, String string) {
      this.bytes = bytes;
      this.string = string;
      this.fingerprint = ByteRange.fingerprint(bytes, 0, bytes.length);
    }

    /// See [ByteRange#fingerprint].
    int fingerprint() {
      return fingerprint;
    }

    String string() {
      return string;
    }

    boolean isAt(byte[] source, int offset, int length) {
      return bytes.length == length && ByteRange.areEqual(bytes, 0, source, offset, length);
    }
  }

  private final @Nullable Text[] texts = new @Nullable Text[SLOTS];

  Text text(byte[] source, int offset, int length) {
    if (length > LONGEST) {
      return read(source, offset, length);
    }
    int slot = ByteRange.hash(source, offset, length) & SLOTS - 1;
    Text known = texts[slot];
    if (known != null && known.isAt(source, offset, length)) {
      return known;
    }
    Text text = read(source, offset, length);
    texts[slot] = text;
    return text;
  }

  private static Text read(byte[] source, int offset, int length) {
    return new Text(
        Arrays.copyOfRange(source, offset, offset + length),
        new String(source, offset, length, UTF_8));
  }
}
