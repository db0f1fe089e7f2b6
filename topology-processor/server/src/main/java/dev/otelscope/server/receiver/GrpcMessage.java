package dev.otelscope.server.receiver;

import java.nio.ByteBuffer;

/// The frame around a message in a gRPC body: a flag that says whether it is compressed, its length
/// in four bytes, its bytes. A unary call has exactly one.
///
/// @param compressed by the encoding that the call's headers name
@SuppressWarnings("ArrayRecordComponent") // never compared
record GrpcMessage(boolean compressed, byte[] bytes) {
  private static final int HEAD = 5;

  /// @throws MalformedFrameException when the body is anything but one message
  static GrpcMessage read(byte[] body) throws MalformedFrameException {
    if (body.length < HEAD) {
      throw new MalformedFrameException(
          "byte 0: expected a message with a head of 5 bytes, came " + body.length + " bytes");
    }
    ByteBuffer in = ByteBuffer.wrap(body);
    int flag = in.get();
    int length = in.getInt();
    if (flag != 0 && flag != 1) {
      throw new MalformedFrameException("byte 0: expected a flag of 0 or 1, came " + flag);
    }
    if (length != in.remaining()) {
      throw new MalformedFrameException(
          "byte 1: expected one message of the remaining %d bytes, came a length of %d"
              .formatted(in.remaining(), Integer.toUnsignedLong(length)));
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new GrpcMessage(flag == 1, bytes);
  }

  /// The frame with an uncompressed message.
  static byte[] frame(byte[] message) {
    return ByteBuffer.allocate(HEAD + message.length)
        .put((byte) 0)
        .putInt(message.length)
        .put(message)
        .array();
  }

  /// The body is not one message.
  static final class MalformedFrameException extends Exception {
    MalformedFrameException(String problem) {
      super(problem);
    }
  }
}
