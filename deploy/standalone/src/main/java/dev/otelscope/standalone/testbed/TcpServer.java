package dev.otelscope.standalone.testbed;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/// Answers the questions of [TcpLine] and [ShortTalk]. One thread serves all connections, so that
/// thousands a second cost little beside what is measured.
final class TcpServer {
  private static final int BACKLOG = 4096;
  private static final int AT_ONCE = 64 * 1024; // bytes

  private final Selector selector = Selector.open();
  private final ByteBuffer received = ByteBuffer.allocateDirect(AT_ONCE);
  private final ByteBuffer zeros = ByteBuffer.allocateDirect(AT_ONCE).asReadOnlyBuffer();

  private TcpServer(ServerSocketChannel listener) throws IOException {
    listener.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
  }

  /// Serves until the process ends.
  ///
  /// @param shared whether other processes may listen there too; the kernel spreads connections
  ///   among them
  static void start(InetSocketAddress address, boolean shared) throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open();
    if (shared) {
      listener.setOption(StandardSocketOptions.SO_REUSEPORT, true);
    }
    listener.bind(address, BACKLOG);
    Thread.ofPlatform().daemon().name("server").start(new TcpServer(listener)::serve);
  }

  private void serve() {
    try {
      while (true) {
        selector.select(this::serve);
      }
    } catch (IOException e) {
      System.err.println("serve: " + e);
    }
  }

  private void serve(SelectionKey key) {
    if (key.channel() instanceof ServerSocketChannel listener) {
      accept(key, listener);
    } else {
      proceed((SocketChannel) key.channel(), (Conversation) key.attachment());
    }
  }

  /// One that cannot accept any more, for want of descriptors, ends; those it has go on.
  private void accept(SelectionKey key, ServerSocketChannel listener) {
    try {
      for (SocketChannel channel = listener.accept();
          channel != null;
          channel = listener.accept()) {
        begin(channel);
      }
    } catch (IOException e) {
      System.err.println("accept: " + e);
      key.cancel();
    }
  }

  private void begin(SocketChannel channel) {
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true).configureBlocking(false);
      proceed(channel, new Conversation());
    } catch (IOException e) {
      fail(channel, e);
    }
  }

  private void proceed(SocketChannel channel, Conversation conversation) {
    try {
      int next = conversation.proceed(channel);
      if (next == 0) {
        channel.close();
      } else {
        channel.register(selector, next, conversation);
      }
    } catch (IOException e) {
      fail(channel, e);
    }
  }

  private static void fail(SocketChannel channel, IOException cause) {
    System.err.println(channel + ": " + cause);
    try {
      channel.close();
    } catch (IOException e) {
      System.err.println(channel + ": " + e);
    }
  }

  /// How far the questions and answers of one connection are.
  private final class Conversation {
    private final ByteBuffer header = ByteBuffer.allocate(Line.HEADER);
    private int missing; // bytes of the question after its header
    private int wanted; // bytes of the answer to it
    private int owed; // bytes of answers to whole questions

    /// Goes on until it has to wait.
    ///
    /// @return for what, as [SelectionKey] says; 0 when the client has closed
    int proceed(SocketChannel channel) throws IOException {
      int read = AT_ONCE;
      while (true) {
        while (owed > 0) {
          int written = channel.write(zeros.clear().limit(Math.min(owed, AT_ONCE)));
          if (written == 0) {
            return SelectionKey.OP_WRITE;
          }
          owed -= written;
        }
        if (read < AT_ONCE) {
          return SelectionKey.OP_READ;
        }
        read = channel.read(received.clear());
        if (read < 0) {
          return 0;
        }
        understand(received.flip());
      }
    }

    private void understand(ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) {
        if (missing == 0) {
          header.put(bytes.get());
          if (header.hasRemaining()) {
            continue;
          }
          missing = header.flip().getInt() - Line.HEADER;
          wanted = header.getInt();
          header.clear();
          if (missing < 0 || wanted < 0) {
            throw new IOException("not a question, by its header");
          }
        }
        int more = Math.min(missing, bytes.remaining());
        bytes.position(bytes.position() + more);
        missing -= more;
        if (missing == 0) {
          owed += wanted;
        }
      }
    }
  }
}
