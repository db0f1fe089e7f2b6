package dev.otelscope.probe.container.docker;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.otelscope.probe.container.RuntimeSocket;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An engine with one container, to which nothing happens.
class QuietEngineTest {
  @TempDir private Path folder;
  private final ServerSocketChannel engine;
  private final List<SocketChannel> open = new ArrayList<>(); // of the engine's thread

  QuietEngineTest() throws IOException {
    engine = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
  }

  @BeforeEach
  void listen() throws IOException {
    engine.bind(UnixDomainSocketAddress.of(folder.resolve("docker.sock")));
    Thread.ofVirtual().start(this::serve);
  }

  @AfterEach
  void close() throws IOException {
    engine.close();
  }

  @Test
  void containersAreKnownBeforeTheFirstEvent() {
    try (RuntimeSocket runtime =
        RuntimeSocket.at(folder.resolve("docker.sock"), List.of(new DockerLanguage()))) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(runtime.containers()).containsKey("79c1"));
    }
  }

  private void serve() {
    try {
      while (true) {
        SocketChannel client = engine.accept();
        ByteBuffer request = ByteBuffer.allocate(4096);
        client.read(request);
        String target =
            new String(request.array(), 0, request.position(), US_ASCII).split(" ", 3)[1];
        ByteBuffer answer = ByteBuffer.wrap(answer(target).getBytes(US_ASCII));
        while (answer.hasRemaining()) {
          client.write(answer);
        }
        if (target.startsWith("/events")) {
          open.add(client);
        } else {
          client.close();
        }
      }
    } catch (IOException e) {
      open.clear(); // the test is over
    }
  }

  private static String answer(String target) {
    if (target.startsWith("/events")) {
      return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    }
    return "HTTP/1.1 200 OK\r\n\r\n"
        + switch (target) {
          case "/containers/json?all=true" -> "[{\"Id\": \"79c1\"}]";
          case "/containers/79c1/json" -> "{\"Id\": \"79c1\", \"Image\": \"sha256:aa\"}";
          default -> "{}";
        };
  }
}
