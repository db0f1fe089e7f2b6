package dev.otelscope.otlp;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/// Writes protobuf's wire format into an array that grows.
final class WireWriter {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, LITTLE_ENDIAN);
  private static final int LONGEST_VARINT = 10;

  private byte[] bytes = new byte[256];
  private int position;

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, position);
  }

  void tag(int number, int wireType) {
    varint((long) number << 3 | wireType);
  }

  void varint(long value) {
    ensure(LONGEST_VARINT);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[position++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[position++] = (byte) rest;
  }

  void fixed32(int value) {
    ensure(Integer.BYTES);
    INT.set(bytes, position, value);
    position += Integer.BYTES;
  }

  void fixed64(long value) {
    ensure(Long.BYTES);
    LONG.set(bytes, position, value);
    position += Long.BYTES;
  }

  /// Writes bytes behind their length.
  void bytes(byte[] value) {
    varint(value.length);
    ensure(value.length);
    System.arraycopy(value, 0, bytes, position, value.length);
    position += value.length;
  }

  void text(String value) {
    bytes(value.getBytes(UTF_8));
  }

  /// Begins what stands behind its own length.
  ///
  /// @return what [#end] needs
  int begin() {
    ensure(1);
    return ++position;
  }

  /// Ends what began there: writes its length before it, moving it if that takes more than one
  /// byte.
  void end(int begin) {
    int length = position - begin;
    int more =
        (31 - Integer.numberOfLeadingZeros(length | 1)) / 7; // bytes of the length beyond one
    ensure(more);
    System.arraycopy(bytes, begin, bytes, begin + more, length);
    position = begin - 1;
    varint(length);
    position += length;
  }

  private void ensure(int more) {
    if (bytes.length - position < more) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(position, more), 2 * bytes.length));
    }
  }
}
