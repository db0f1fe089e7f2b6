package dev.otelscope.probe.container.cri.grpc;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// Says to one client what it was told to, whatever the client says; first that it speaks HTTP/2,
/// unless it was told bytes.
final class ScriptedServer implements AutoCloseable {
  private final Path socket;
  private final ServerSocketChannel server;
  private final BlockingQueue<byte[]> script = new LinkedBlockingQueue<>();
  private volatile boolean isEndless;

  private ScriptedServer(Path socket, ServerSocketChannel server) {
    this.socket = socket;
    this.server = server;
  }

  static ScriptedServer at(Path socket) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    channel.bind(UnixDomainSocketAddress.of(socket));
    ScriptedServer server = new ScriptedServer(socket, channel);
    server.answer(
        new Frame(Frame.SETTINGS, 0, 0, new byte[0]),
        new Frame(Frame.SETTINGS, Frame.ACK, 0, new byte[0]));
    Thread.ofVirtual().start(server::run);
    return server;
  }

  Path socket() {
    return socket;
  }

  void answer(Frame... frames) {
    for (Frame frame : frames) {
      script.add(frame.bytes());
    }
  }

  /// Instead of everything else.
  void answer(byte[] bytes) {
    script.clear();
    script.add(bytes);
  }

  /// As long as the client reads.
  void answerForEver(Frame frame) {
    isEndless = true;
    script.add(frame.bytes());
  }

  private void run() {
    try (SocketChannel client = server.accept()) {
      Thread.ofVirtual().start(() -> listenTo(client));
      while (true) {
        byte[] next = script.take();
        do {
          ByteBuffer bytes = ByteBuffer.wrap(next);
          while (bytes.hasRemaining()) {
            client.write(bytes);
          }
        } while (isEndless);
      }
    } catch (IOException e) {
      // the client went away
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void listenTo(SocketChannel client) {
    ByteBuffer buffer = ByteBuffer.allocate(4096);
    try {
      while (client.read(buffer.clear()) >= 0) {
        // what a client says is not looked at
      }
    } catch (IOException e) {
      // the client went away
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
