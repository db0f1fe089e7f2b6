package dev.otelscope.engine.dialect;

import dev.otelscope.otlp.TextView;

/// 64-bit hashes of what stands in a message: well mixed, not secret.
final class Hash {
  private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

  private Hash() {}

  static long of(long seed, long value) {
    long mixed = (seed ^ value) * MULTIPLIER;
    mixed = (mixed ^ mixed >>> 32) * MULTIPLIER;
    return mixed ^ mixed >>> 29;
  }

  static long of(long seed, TextView text) {
    long hash = of(seed, text.length());
    long word = 0;
    for (int i = 0; i < text.length(); i++) {
      word = word << 8 | text.byteAt(i) & 0xFF;
      if ((i & 7) == 7) {
        hash = of(hash, word);
        word = 0;
      }
    }
    return of(hash, word);
  }
}
