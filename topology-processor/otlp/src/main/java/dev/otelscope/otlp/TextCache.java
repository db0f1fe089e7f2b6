package dev.otelscope.otlp;

import org.jspecify.annotations.Nullable;

/// Strings met recently, by their bytes, so that what repeats from point to point is allocated
/// once.
///
/// Memory: two texts for each of [#SETS] hashes, those asked for latest; none longer than
/// [#LONGEST] bytes; hence never more than about 3 MiB.
final class TextCache {
  private static final int SETS = 4096;

  /// Bytes of a text that is worth keeping.
  static final int LONGEST = 128;

  private final @Nullable Text[] texts = new @Nullable Text[2 * SETS];

  Text text(byte[] source, int offset, int length) {
    if (length > LONGEST) {
      return Text.of(source, offset, length);
    }
    int set = 2 * (ByteRange.hash(source, offset, length) & SETS - 1);
    Text latest = texts[set];
    if (latest != null && latest.isAt(source, offset, length)) {
      return latest;
    }
    Text other = texts[set + 1];
    Text text =
        other != null && other.isAt(source, offset, length)
            ? other
            : Text.of(source, offset, length);
    texts[set] = text;
    texts[set + 1] = latest;
    return text;
  }
}
