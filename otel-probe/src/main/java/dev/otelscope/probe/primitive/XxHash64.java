package dev.otelscope.probe.primitive;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// xxHash64 with seed 0, as its
/// [specification](https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md) has it.
public final class XxHash64 {
  public static final long PRIME_1 = 0x9E37_79B1_85EB_CA87L;
  public static final long PRIME_2 = 0xC2B2_AE3D_27D4_EB4FL;
  public static final long PRIME_3 = 0x1656_67B1_9E37_79F9L;
  public static final long PRIME_4 = 0x85EB_CA77_C2B2_AE63L;
  public static final long PRIME_5 = 0x27D4_EB2F_1656_67C5L;

  /// What the sums of a stripe begin with, of which the third begins with zero: `PRIME_1 +
  /// PRIME_2`, `PRIME_2`, and `-PRIME_1`.
  public static final long START_1 = 0x60EA_27EE_ADC0_B5D6L;

  public static final long START_2 = PRIME_2;
  public static final long START_4 = 0x61C8_864E_7A14_3579L;

  private static final int STRIPE = 32;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private XxHash64() {}

  /// The hash of all of `bytes`.
  public static long of(byte[] bytes) {
    int at = 0;
    long hash = PRIME_5;
    if (bytes.length >= STRIPE) {
      long one = START_1;
      long two = START_2;
      long three = 0;
      long four = START_4;
      for (; at + STRIPE <= bytes.length; at += STRIPE) {
        one = round(one, whole(bytes, at));
        two = round(two, whole(bytes, at + 8));
        three = round(three, whole(bytes, at + 16));
        four = round(four, whole(bytes, at + 24));
      }
      hash =
          Long.rotateLeft(one, 1)
              + Long.rotateLeft(two, 7)
              + Long.rotateLeft(three, 12)
              + Long.rotateLeft(four, 18);
      hash = merge(merge(merge(merge(hash, one), two), three), four);
    }
    return avalanche(rest(bytes, at, hash + bytes.length));
  }

  private static long rest(byte[] bytes, int from, long start) {
    long hash = start;
    int at = from;
    for (; at + 8 <= bytes.length; at += 8) {
      hash ^= round(0, whole(bytes, at));
      hash = Long.rotateLeft(hash, 27) * PRIME_1 + PRIME_4;
    }
    if (at + 4 <= bytes.length) {
      hash ^= Integer.toUnsignedLong((int) INTS.get(bytes, at)) * PRIME_1;
      hash = Long.rotateLeft(hash, 23) * PRIME_2 + PRIME_3;
      at += 4;
    }
    for (; at < bytes.length; at++) {
      hash ^= (bytes[at] & 0xFF) * PRIME_5;
      hash = Long.rotateLeft(hash, 11) * PRIME_1;
    }
    return hash;
  }

  private static long whole(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  private static long round(long sum, long word) {
    return Long.rotateLeft(sum + word * PRIME_2, 31) * PRIME_1;
  }

  private static long merge(long hash, long sum) {
    return (hash ^ round(0, sum)) * PRIME_1 + PRIME_4;
  }

  private static long avalanche(long hash) {
    long mixed = hash;
    mixed = (mixed ^ mixed >>> 33) * PRIME_2;
    mixed = (mixed ^ mixed >>> 29) * PRIME_3;
    return mixed ^ mixed >>> 32;
  }
}
