package dev.otelscope.otlp;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/// A text known beforehand, such as an attribute's name, to be compared with bytes of a message.
public final class Utf8 {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, LITTLE_ENDIAN);
  private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

  private final String text;
  private final byte[] bytes;
  private final int fingerprint;

  private Utf8(String text) {
    this.text = text;
    this.bytes = text.getBytes(UTF_8);
    this.fingerprint = fingerprint(bytes, 0, bytes.length);
  }

  public static Utf8 of(String text) {
    return new Utf8(text);
  }

  /// What [#fingerprint(byte\[\], int, int)] says of this text.
  int fingerprint() {
    return fingerprint;
  }

  boolean isAt(byte[] source, int offset, int length) {
    return length == bytes.length
        && Arrays.equals(source, offset, offset + length, bytes, 0, length);
  }

  /// A number that differs for most texts that differ, of three samples of the text: cheap for
  /// attribute names, which differ in their beginning, middle or end.
  static int fingerprint(byte[] source, int offset, int length) {
    long hash = length;
    if (length >= Long.BYTES) {
      hash = (hash ^ (long) LONG.get(source, offset)) * MIX;
      hash = (hash ^ (long) LONG.get(source, offset + (length - Long.BYTES) / 2)) * MIX;
      hash = (hash ^ hash >>> 32 ^ (long) LONG.get(source, offset + length - Long.BYTES)) * MIX;
    } else if (length >= Integer.BYTES) {
      hash = (hash ^ (int) INT.get(source, offset)) * MIX;
      hash = (hash ^ hash >>> 32 ^ (int) INT.get(source, offset + length - Integer.BYTES)) * MIX;
    } else {
      for (int i = 0; i < length; i++) {
        hash = (hash ^ source[offset + i]) * MIX;
      }
    }
    return (int) (hash >>> 32);
  }

  @Override
  public String toString() {
    return text;
  }
}
