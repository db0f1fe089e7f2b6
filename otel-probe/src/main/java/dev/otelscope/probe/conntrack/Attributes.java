package dev.otelscope.probe.conntrack;

import dev.otelscope.probe.kernel.MalformedNetlinkException;
import java.nio.ByteBuffer;

/// Walks netlink attributes, which may hold more of them.
final class Attributes {
  /*
   * Layout: struct nlattr (include/uapi/linux/netlink.h), in the byte order of the machine
   *   0 u16 length with these four bytes    2 u16 type; its two highest bits are flags
   * The next one begins at the next multiple of four.
   */
  private static final int HEADER = 4;
  private static final int TYPE_MASK = 0x3FFF;

  private final ByteBuffer buffer;
  private final int limit;
  private int position;
  private int start;
  private int end;

  Attributes(ByteBuffer buffer, int from, int to) {
    this.buffer = buffer;
    this.position = from;
    this.limit = to;
  }

  /// Moves to the next one; false at the end.
  ///
  /// @throws MalformedNetlinkException when a length does not fit
  boolean next() throws MalformedNetlinkException {
    if (limit - position < HEADER) {
      return false;
    }
    int length = buffer.getShort(position) & 0xFFFF;
    if (length < HEADER || length > limit - position) {
      throw new MalformedNetlinkException(
          "an attribute length between 4 and " + (limit - position) + ", not " + length, position);
    }
    start = position;
    end = position + length;
    position = end + 3 & ~3;
    return true;
  }

  int type() {
    return buffer.getShort(start + 2) & TYPE_MASK;
  }

  /// Those inside of this one.
  Attributes nested() {
    return new Attributes(buffer, start + HEADER, end);
  }

  /// Offset of the content.
  int content() {
    return start + HEADER;
  }

  /// Offset behind the content.
  int end() {
    return end;
  }

  /// An unsigned number of that many bytes, in network order.
  long number(int size) throws MalformedNetlinkException {
    return number(size, 0);
  }

  /// Up to eight bytes, from `offset` on, of a number of `size` bytes in network order.
  long number(int size, int offset) throws MalformedNetlinkException {
    if (end - content() != size) {
      throw new MalformedNetlinkException(
          size + " bytes of attribute " + type() + ", not " + (end - content()), start);
    }
    long number = 0;
    for (int i = offset; i < Math.min(size, offset + Long.BYTES); i++) {
      number = number << Byte.SIZE | buffer.get(content() + i) & 0xFF;
    }
    return number;
  }
}
