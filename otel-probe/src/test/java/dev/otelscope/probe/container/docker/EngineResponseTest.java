package dev.otelscope.probe.container.docker;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineResponseTest {
  @TempDir private Path folder;
  private Path socket = Path.of("/");
  private ServerSocketChannel server;

  EngineResponseTest() throws IOException {
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
  }

  @BeforeEach
  void listen() throws IOException {
    socket = folder.resolve("engine.sock");
    server.bind(UnixDomainSocketAddress.of(socket));
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @Test
  void aBodyInChunksIsPutTogether() throws IOException {
    answer(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{\"a\"\r\n3;x=y\r\n:1}\r\n0\r\n\r\n");

    try (EngineResponse response = EngineResponse.get(socket, "/version")) {
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.body()).hasContent("{\"a\":1}");
    }
  }

  @Test
  void aBodyWithoutChunksEndsWithTheConnection() throws IOException {
    answer("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}");

    try (EngineResponse response = EngineResponse.get(socket, "/nothing")) {
      assertThat(response.status()).isEqualTo(404);
      assertThat(response.body()).hasContent("{}");
    }
  }

  @Test
  void whatIsNotHttpIsRefused() {
    answer("SSH-2.0-OpenSSH\r\n\r\n");

    assertThatThrownBy(() -> EngineResponse.get(socket, "/version"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("expected an answer of HTTP/1.1");
  }

  @Test
  void aHeadWithoutEndIsRefused() {
    answer("HTTP/1.1 200 OK\r\n" + "X-Long: " + "x".repeat(100_000));

    assertThatThrownBy(() -> EngineResponse.get(socket, "/version"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("longer than 65536 bytes");
  }

  @Test
  void aChunkThatIsCutIsAnError() {
    assertThatThrownBy(() -> chunks("8\r\nhalf").readAllBytes())
        .hasMessage("the answer ended within a chunk");
    assertThatThrownBy(() -> chunks("zz\r\n").readAllBytes())
        .hasMessage("expected the size of a chunk in hexadecimal, but got: zz");
    assertThatThrownBy(() -> chunks("-1\r\n").readAllBytes())
        .hasMessage("a chunk cannot have a size of -1");
    assertThatThrownBy(() -> chunks("").readAllBytes())
        .hasMessageStartingWith("expected the size of a chunk");
  }

  private static InputStream chunks(String text) {
    return new ChunkedBody(new ByteArrayInputStream(text.getBytes(US_ASCII)));
  }

  private void answer(String text) {
    CompletableFuture<Void> _ =
        CompletableFuture.runAsync(() -> {
          try (SocketChannel client = server.accept()) {
            client.read(ByteBuffer.allocate(4096));
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(US_ASCII));
            while (bytes.hasRemaining()) {
              client.write(bytes);
            }
          } catch (IOException e) {
            // who asked went away
          }
        });
  }
}
