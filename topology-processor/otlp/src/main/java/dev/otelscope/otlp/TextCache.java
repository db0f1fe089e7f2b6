package dev.otelscope.otlp;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Strings met recently, by their bytes, so that what repeats from point to point is allocated
/// once.
///
/// Memory: one string for each of [#SLOTS] hashes, the latest; none longer than [#LONGEST] bytes;
/// hence never more than about 1.5 MiB.
final class TextCache {
  private static final int SLOTS = 4096;
  private static final int LONGEST = 128;
  private static final long MIX = 0x9E37_79B9_7F4A_7C15L;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);

  private final byte[][] keys = new byte[SLOTS][];
  private final @Nullable String[] texts = new @Nullable String[SLOTS];

  String text(byte[] source, int offset, int length) {
    if (length == 0) {
      return "";
    }
    if (length > LONGEST) {
      return new String(source, offset, length, UTF_8);
    }
    int slot = hash(source, offset, length) & SLOTS - 1;
    String text = texts[slot];
    if (text != null
        && Arrays.equals(keys[slot], 0, keys[slot].length, source, offset, offset + length)) {
      return text;
    }
    text = new String(source, offset, length, UTF_8);
    keys[slot] = Arrays.copyOfRange(source, offset, offset + length);
    texts[slot] = text;
    return text;
  }

  private static int hash(byte[] source, int offset, int length) {
    long hash = length;
    int end = offset + length;
    int at = offset;
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      hash = mix(hash ^ (long) LONG.get(source, at));
    }
    long rest = 0;
    for (; at < end; at++) {
      rest = rest << 8 | source[at] & 0xff;
    }
    hash = mix(hash ^ rest);
    return (int) (hash >>> 32);
  }

  private static long mix(long value) {
    long product = value * MIX;
    return product ^ product >>> 29;
  }
}
