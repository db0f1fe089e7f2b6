package dev.otelscope.otlp;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Comparison and hashes of pieces of byte arrays, eight bytes at a time: attribute names and
/// values are too short for the library's vector code to pay.
final class ByteRange {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, LITTLE_ENDIAN);
  private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

  static boolean areEqual(byte[] left, int leftOffset, byte[] right, int rightOffset, int length) {
    if (length < Long.BYTES) {
      return few(left, leftOffset, length) == few(right, rightOffset, length);
    }
    int last = length - Long.BYTES;
    for (int i = 0; i < last; i += Long.BYTES) {
      if ((long) LONG.get(left, leftOffset + i) != (long) LONG.get(right, rightOffset + i)) {
        return false;
      }
    }
    return (long) LONG.get(left, leftOffset + last) == (long) LONG.get(right, rightOffset + last);
  }

  /// The first eight bytes, or all of fewer.
  static long first(byte[] source, int offset, int length) {
    return length < Long.BYTES ? few(source, offset, length) : (long) LONG.get(source, offset);
  }

  /// The last eight bytes, or all of fewer.
  static long last(byte[] source, int offset, int length) {
    return length < Long.BYTES
        ? few(source, offset, length)
        : (long) LONG.get(source, offset + length - Long.BYTES);
  }

  /// A hash of every byte, good in each of its bits.
  static int hash(byte[] source, int offset, int length) {
    long hash = length;
    int last = length - Long.BYTES;
    for (int i = 0; i < last; i += Long.BYTES) {
      hash = mix(hash ^ (long) LONG.get(source, offset + i));
    }
    return (int) mix(hash ^ last(source, offset, length));
  }

  /// Of three samples: cheap for attribute names, which differ in their beginning, middle or end.
  static int fingerprint(byte[] source, int offset, int length) {
    if (length < Long.BYTES) {
      return hash(source, offset, length);
    }
    long first = (long) LONG.get(source, offset);
    long middle = (long) LONG.get(source, offset + (length - Long.BYTES) / 2);
    long last = (long) LONG.get(source, offset + length - Long.BYTES);
    return (int) mix(first ^ Long.rotateLeft(middle, 21) ^ Long.rotateLeft(last, 42) ^ length);
  }

  /// All of at most seven bytes as one number, different for different bytes of one length.
  private static long few(byte[] source, int offset, int length) {
    if (length >= Integer.BYTES) {
      long first = (int) INT.get(source, offset);
      return first << 32 ^ (int) INT.get(source, offset + length - Integer.BYTES) & 0xFFFF_FFFFL;
    }
    long bytes = 0;
    for (int i = 0; i < length; i++) {
      bytes = bytes << Byte.SIZE | source[offset + i] & 0xff;
    }
    return bytes;
  }

  /// Multiplying carries differences upwards alone, hence the upper half is laid over the lower one
  /// before and after.
  private static long mix(long value) {
    long product = (value ^ value >>> 32) * MIX;
    return product ^ product >>> 32;
  }

  private ByteRange() {}
}
