package dev.otelscope.otlp;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/// A cursor over protobuf's wire format in a byte array. Never leaves the message that it was
/// [entered into][#enter], and says where it stopped. Reused, for one thread.
///
/// Stricter than the format asks for where leniency only hides damage: groups, tags and lengths of
/// more than 32 bits are refused.
///
/// Source: <https://protobuf.dev/programming-guides/encoding/>
final class WireReader {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int LENGTH = 2;
  static final int FIXED32 = 5;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);
  private static final int LONGEST_VARINT = 10;

  private byte[] bytes = new byte[0];
  private int start;
  private int position;
  private int end;
  private long pass;

  /// Begins at a message that fills `length` bytes from `offset`.
  void reset(byte[] source, int offset, int length) {
    pass++;
    bytes = source;
    start = offset;
    position = offset;
    end = offset + length;
  }

  byte[] bytes() {
    return bytes;
  }

  /// Another number after each [#reset]; the bytes stay as they are until then.
  long pass() {
    return pass;
  }

  boolean hasMore() {
    return position < end;
  }

  /// Index in the array of the next byte.
  int position() {
    return position;
  }

  /// Index in the array behind the message that is being read.
  int end() {
    return end;
  }

  /// Goes to another place of the message that is being read.
  void position(int index) {
    position = index;
  }

  /// Number and wire type of the next field: `number << 3 | wire type`. The number is not 0, the
  /// type one of the four.
  int tag() throws MalformedOtlpException {
    int at = position;
    int tag = bytes[at];
    if (tag >= 8) {
      position = at + 1;
    } else {
      long wide = varint();
      if (wide >>> 32 != 0 || wide >>> 3 == 0) {
        throw malformed(at, "no field has the number " + Long.toUnsignedString(wide >>> 3));
      }
      tag = (int) wide;
    }
    int wireType = tag & 7;
    if (wireType > LENGTH && wireType != FIXED32) {
      throw malformed(
          at,
          wireType == 3 || wireType == 4
              ? "groups are not supported"
              : "wire type " + wireType + " does not exist");
    }
    return tag;
  }

  /// How many of the next bytes, `most` at most, are the same as those from an index of the array
  /// on.
  int same(int index, int most) {
    int count = Math.min(most, end - position);
    int first = Arrays.mismatch(bytes, index, index + count, bytes, position, position + count);
    return first < 0 ? count : first;
  }

  /// Passes over the tag that comes next if it is this one, which takes one byte.
  boolean skipTag(int tag) {
    if (position < end && bytes[position] == tag) {
      position++;
      return true;
    }
    return false;
  }

  long varint() throws MalformedOtlpException {
    int at = position;
    if (at < end && bytes[at] >= 0) {
      position = at + 1;
      return bytes[at];
    }
    if (at + 1 < end && bytes[at + 1] >= 0) {
      position = at + 2;
      return bytes[at] & 0x7f | bytes[at + 1] << 7;
    }
    return longVarint();
  }

  private long longVarint() throws MalformedOtlpException {
    long value = 0;
    for (int i = 0; i < LONGEST_VARINT; i++) {
      int at = position + i;
      if (at >= end) {
        throw malformed(at, "the message ends within a number");
      }
      long b = bytes[at];
      value |= (b & 0x7f) << 7 * i;
      if (b >= 0) {
        position = at + 1;
        return value;
      }
    }
    throw malformed(position, "a number of more than " + LONGEST_VARINT + " bytes");
  }

  long fixed64() throws MalformedOtlpException {
    int at = position;
    advance(Long.BYTES);
    return (long) LONG.get(bytes, at);
  }

  /// The length before a text, bytes or message, all of which is there.
  int length() throws MalformedOtlpException {
    int at = position;
    long length = varint();
    if (length < 0 || length > end - position) {
      throw malformed(
          at,
          "a length of %s where %d bytes are left"
              .formatted(Long.toUnsignedString(length), end - position));
    }
    return (int) length;
  }

  void advance(int count) throws MalformedOtlpException {
    if (count > end - position) {
      throw malformed(position, count + " bytes wanted where " + (end - position) + " are left");
    }
    position += count;
  }

  /// Narrows the reader to the message that comes next.
  ///
  /// @return what [#leave] needs to widen it again
  int enter() throws MalformedOtlpException {
    int length = length();
    int outer = end;
    end = position + length;
    return outer;
  }

  /// Goes on behind the message that was entered.
  void leave(int outer) {
    position = end;
    end = outer;
  }

  /// Passes over text, bytes or a message.
  void skipLength() throws MalformedOtlpException {
    int length = length();
    position += length;
  }

  /// Passes over the value behind a tag.
  void skip(int tag) throws MalformedOtlpException {
    switch (tag & 7) {
      case VARINT -> varint();
      case FIXED64 -> advance(Long.BYTES);
      case FIXED32 -> advance(Integer.BYTES);
      default -> skipLength();
    }
  }

  MalformedOtlpException malformed(int index, String problem) {
    return new MalformedOtlpException(index - start, problem);
  }
}
