package dev.otelscope.probe.container.cri.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// Asks a gRPC server over a UNIX socket, one question after another (gRPC over HTTP/2, with one
/// message each way). Whoever asks waits; the connection is of no use after an [IOException] that
/// is no [GrpcException].
public final class GrpcConnection implements AutoCloseable {
  private static final int PREFIX = 5;

  private final Http2Connection connection;

  private GrpcConnection(Http2Connection connection) {
    this.connection = connection;
  }

  /// @throws IOException when nobody answers there, or not in HTTP/2
  public static GrpcConnection open(Path socket) throws IOException {
    return new GrpcConnection(Http2Connection.open(socket));
  }

  /// Asks.
  ///
  /// @param method such as `/runtime.v1.RuntimeService/Version`
  /// @param message in protobuf
  /// @return the answer in protobuf, of at most 8 MiB
  /// @throws GrpcException when the answer is an error
  public byte[] ask(String method, byte[] message) throws IOException {
    byte[] body =
        ByteBuffer.allocate(PREFIX + message.length)
            .put((byte) 0) // not compressed
            .putInt(message.length)
            .put(message)
            .array();
    Http2Connection.Answer answer =
        connection.post(
            body,
            ":method",
            "POST",
            ":scheme",
            "http",
            ":path",
            method,
            ":authority",
            "localhost",
            "te",
            "trailers",
            "content-type",
            "application/grpc");
    check(answer);
    return message(answer.body());
  }

  private static void check(Http2Connection.Answer answer) throws IOException {
    String status = answer.header("grpc-status");
    if (!status.matches("\\d{1,3}")) {
      throw new IOException("expected an answer of gRPC, but got HTTP/2 without a 'grpc-status'");
    }
    if (!status.equals("0")) {
      throw new GrpcException(Integer.parseInt(status), decode(answer.header("grpc-message")));
    }
  }

  /// Bytes outside of ASCII, and the percent sign, are written as `%20`.
  private static String decode(String message) {
    try {
      return URLDecoder.decode(message.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException e) {
      return message;
    }
  }

  private static byte[] message(byte[] body) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(body);
    if (body.length < PREFIX || buffer.get() != 0 || buffer.getInt() != buffer.remaining()) {
      throw new IOException(
          "expected one message of gRPC that is not compressed, but got %d other bytes"
              .formatted(body.length));
    }
    byte[] message = new byte[buffer.remaining()];
    buffer.get(message);
    return message;
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
