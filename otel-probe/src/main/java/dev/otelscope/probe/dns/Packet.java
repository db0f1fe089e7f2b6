package dev.otelscope.probe.dns;

import java.nio.ByteBuffer;

/// A packet, from its network header on. Read-only, refilled for each; offsets count from the
/// buffer's start. Not thread-safe.
final class Packet {
  private final ByteBuffer content;
  private int end;

  /// @param content big-endian
  Packet(ByteBuffer content) {
    this.content = content;
  }

  /// It has so many bytes from now on.
  Packet of(int length) {
    end = length;
    return this;
  }

  int end() {
    return end;
  }

  int u8(int at) throws MalformedAnswerException {
    require(at, 1);
    return content.get(at) & 0xff;
  }

  int u16(int at) throws MalformedAnswerException {
    require(at, 2);
    return content.getShort(at) & 0xffff;
  }

  int i32(int at) throws MalformedAnswerException {
    require(at, 4);
    return content.getInt(at);
  }

  long i64(int at) throws MalformedAnswerException {
    require(at, 8);
    return content.getLong(at);
  }

  /// Checks that so many bytes are there.
  void require(int at, int length) throws MalformedAnswerException {
    if (at < 0 || length < 0 || length > end - at) {
      throw new MalformedAnswerException(
          length + " bytes expected at " + at + " of a packet of " + end);
    }
  }
}
