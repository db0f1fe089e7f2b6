package dev.otelscope.probe.container.cri.grpc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// A frame of HTTP/2 (RFC 9113, section 4).
final class Frame {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PUSH_PROMISE = 5;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;

  static final int END_STREAM = 0x1;
  static final int ACK = 0x1;
  static final int END_HEADERS = 0x4;
  static final int PADDED = 0x8;
  static final int PRIORITY = 0x20;

  private static final int HEAD = 9;

  /// What a receiver accepts that does not say otherwise.
  private static final int LONGEST = 1 << 14;

  private final int type;
  private final int flags;
  private final int stream;
  private final byte[] payload;

  /// @param stream 0 for what concerns the whole connection
  /// @param payload not changed any more
  Frame(int type, int flags, int stream, byte[] payload) {
    this.type = type;
    this.flags = flags;
    this.stream = stream;
    this.payload = payload;
  }

  /// Reads one, or fails with a sentence that shows what is there instead.
  static Frame read(InputStream in) throws IOException {
    byte[] head = in.readNBytes(HEAD);
    if (head.length == 0) {
      throw new EOFException("the connection was closed");
    }
    int length = head.length < HEAD ? -1 : ByteBuffer.wrap(head).getInt() >>> 8;
    if (length < 0 || length > LONGEST) {
      throw new IOException("expected HTTP/2, but got: " + new String(head, ISO_8859_1).strip());
    }
    byte[] payload = in.readNBytes(length);
    if (payload.length < length) {
      throw new EOFException("the connection was closed within a frame");
    }
    return new Frame(head[3], head[4], ByteBuffer.wrap(head, 5, 4).getInt() & ~(1 << 31), payload);
  }

  /// As it is sent.
  byte[] bytes() {
    return ByteBuffer.allocate(HEAD + payload.length)
        .putInt(payload.length << 8 | type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  int type() {
    return type;
  }

  int stream() {
    return stream;
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /// The 32 bits at an offset of the payload.
  int number(int offset) throws IOException {
    if (payload.length < offset + Integer.BYTES) {
      throw new IOException("a frame of type " + type + " is cut");
    }
    return ByteBuffer.wrap(payload).getInt(offset);
  }

  /// Everything behind the head; not to be changed.
  byte[] payload() {
    return payload;
  }

  /// Data or headers without what fills the frame up, and without priorities.
  byte[] content() throws IOException {
    int from = has(PADDED) ? 1 : 0;
    int padding = from == 1 && payload.length > 0 ? payload[0] & 0xFF : 0;
    if (type == HEADERS && has(PRIORITY)) {
      from += 5;
    }
    if (from + padding > payload.length) {
      throw new IOException("a frame of type " + type + " is filled with more than it has");
    }
    return Arrays.copyOfRange(payload, from, payload.length - padding);
  }
}
