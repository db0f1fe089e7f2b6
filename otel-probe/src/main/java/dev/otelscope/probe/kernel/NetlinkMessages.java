package dev.otelscope.probe.kernel;

import java.nio.ByteBuffer;

/// Walks the messages of a datagram. Allocates nothing; not thread-safe.
public final class NetlinkMessages {
  /*
   * Layout: struct nlmsghdr (include/uapi/linux/netlink.h), in the byte order of the machine
   *   0 u32 length with this header    6  u16 flags       12 u32 port
   *   4 u16 type                       8  u32 sequence
   * The next message begins at the next multiple of four.
   */
  /// Bytes before the payload of a message.
  public static final int HEADER = 16;

  /// `NLMSG_ERROR`: carries an error number, 0 to confirm.
  public static final int TYPE_ERROR = 2;

  /// `NLMSG_DONE`: the end of a dump.
  public static final int TYPE_DONE = 3;

  private final ByteBuffer buffer;
  private int position;
  private int limit;
  private int start;
  private int end;

  /// @param buffer holds datagrams, in the byte order of the machine
  public NetlinkMessages(ByteBuffer buffer) {
    this.buffer = buffer;
  }

  /// Begins with the datagram between two offsets.
  public NetlinkMessages over(int from, int to) {
    position = from;
    limit = to;
    return this;
  }

  /// Moves to the next message; false at the end of the datagram.
  ///
  /// @throws MalformedNetlinkException when a length does not fit
  public boolean next() throws MalformedNetlinkException {
    if (position >= limit) {
      return false;
    }
    if (limit - position < HEADER) {
      throw new MalformedNetlinkException("a message header", position);
    }
    int length = buffer.getInt(position);
    if (length < HEADER || length > limit - position) {
      throw new MalformedNetlinkException(
          "a message length between 16 and " + (limit - position) + ", not " + length, position);
    }
    start = position;
    end = position + length;
    position = end + 3 & ~3;
    return true;
  }

  /// `nlmsg_type` of the message.
  public int type() {
    return buffer.getShort(start + 4) & 0xFFFF;
  }

  /// `nlmsg_seq` of the message.
  public int sequence() {
    return buffer.getInt(start + 8);
  }

  /// Offset of what follows the header.
  public int payload() {
    return start + HEADER;
  }

  /// Offset behind the message.
  public int end() {
    return end;
  }

  /// The errno that an error or the end of a dump carries, positive; 0 for success.
  public int errno() throws MalformedNetlinkException {
    if (end - payload() < Integer.BYTES) {
      if (type() == TYPE_DONE) {
        return 0;
      }
      throw new MalformedNetlinkException("an error number", payload());
    }
    return -buffer.getInt(payload());
  }
}
