package dev.otelscope.probe.container.cri.grpc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrpcConnectionTest {
  private static final byte[] NOTHING = {};

  @TempDir private Path folder;
  private ScriptedServer server;

  @BeforeEach
  void listen() throws IOException {
    server = ScriptedServer.at(folder.resolve("runtime.sock"));
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @Test
  void anAnswerInPiecesIsPutTogether() throws IOException {
    byte[] message = bytes(100_000);
    byte[] body = prefixed(message);
    server.answer(
        new Frame(Frame.PING, 0, 0, bytes(8)),
        new Frame(Frame.HEADERS, 0, 1, HeaderBlock.write("a", "b")),
        new Frame(Frame.CONTINUATION, Frame.END_HEADERS, 1, HeaderBlock.write("c", "d")));
    for (int from = 0; from < body.length; from += 10_000) {
      byte[] part = Arrays.copyOfRange(body, from, Math.min(body.length, from + 10_000));
      server.answer(new Frame(Frame.DATA, 0, 1, part));
    }
    server.answer(end(1, "grpc-status", "0"));

    try (GrpcConnection connection = GrpcConnection.open(server.socket())) {
      assertThat(connection.ask("/a/B", bytes(3))).isEqualTo(message);
    }
  }

  @Test
  void fillingIsNoPartOfTheMessage() throws IOException {
    byte[] padded =
        ByteBuffer.allocate(1 + 5 + 4).put((byte) 4).put(prefixed(NOTHING)).putInt(0).array();
    server.answer(new Frame(Frame.DATA, Frame.PADDED, 1, padded), end(1, "grpc-status", "0"));

    try (GrpcConnection connection = GrpcConnection.open(server.socket())) {
      assertThat(connection.ask("/a/B", NOTHING)).isEmpty();
    }
  }

  @Test
  void severalQuestionsAreAskedOneAfterAnother() throws IOException {
    try (GrpcConnection connection = GrpcConnection.open(server.socket())) {
      for (int stream = 1; stream < 9; stream += 2) {
        server.answer(
            new Frame(Frame.DATA, 0, stream, prefixed(bytes(stream))),
            end(stream, "grpc-status", "0"));
        assertThat(connection.ask("/a/B", NOTHING)).hasSize(stream);
      }
    }
  }

  @Test
  void anErrorSaysWhatTheServerSays() throws IOException {
    server.answer(end(1, "grpc-status", "5", "grpc-message", "no such container%3A a+b"));

    try (GrpcConnection connection = GrpcConnection.open(server.socket())) {
      assertThatThrownBy(() -> connection.ask("/a/B", NOTHING))
          .isInstanceOfSatisfying(
              GrpcException.class, error -> assertThat(error.isNotFound()).isTrue())
          .hasMessage("no such container: a+b (gRPC status 5)");
    }
  }

  @Test
  void http2WithoutGrpcIsRefused() throws IOException {
    server.answer(end(1, "server", "another"));

    try (GrpcConnection connection = GrpcConnection.open(server.socket())) {
      assertThatThrownBy(() -> connection.ask("/a/B", NOTHING))
          .hasMessage("expected an answer of gRPC, but got HTTP/2 without a 'grpc-status'");
    }
  }

  @Test
  void aServerThatEndsTheConnectionIsNotWaitedFor() throws IOException {
    server.answer(new Frame(Frame.GOAWAY, 0, 0, new byte[8]));

    try (GrpcConnection connection = GrpcConnection.open(server.socket())) {
      assertThatThrownBy(() -> connection.ask("/a/B", NOTHING))
          .hasMessage("the connection is ended with HTTP/2's code 0");
    }
  }

  @Test
  void anAnswerWithoutEndIsCutOff() throws IOException {
    try (GrpcConnection connection = GrpcConnection.open(server.socket())) {
      server.answerForEver(new Frame(Frame.DATA, 0, 1, bytes(16_000)));

      assertThatThrownBy(() -> connection.ask("/a/B", NOTHING))
          .hasMessage("the answer is longer than 8388608 bytes");
    }
  }

  @Test
  void whatIsNotHttp2IsShown() throws IOException {
    server.answer("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));

    assertThatThrownBy(() -> GrpcConnection.open(server.socket()))
        .hasMessage("expected HTTP/2, but got: HTTP/1.1");
  }

  private static Frame end(int stream, String... headers) {
    return new Frame(
        Frame.HEADERS, Frame.END_HEADERS | Frame.END_STREAM, stream, HeaderBlock.write(headers));
  }

  private static byte[] prefixed(byte[] message) {
    return ByteBuffer.allocate(5 + message.length)
        .put((byte) 0)
        .putInt(message.length)
        .put(message)
        .array();
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 7);
    return bytes;
  }
}
