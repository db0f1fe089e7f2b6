package dev.otelscope.standalone.testbed;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;

/// Answers the questions of [TcpLine], each connection on a virtual thread.
final class TcpServer {
  private static final int BACKLOG = 4096;

  private final ServerSocket listener;

  private TcpServer(ServerSocket listener) {
    this.listener = listener;
  }

  /// Serves until the process ends.
  ///
  /// @param shared whether other processes may listen there too; the kernel spreads connections
  ///   among them
  static void start(InetSocketAddress address, boolean shared) throws IOException {
    ServerSocket listener = new ServerSocket();
    if (shared) {
      listener.setOption(StandardSocketOptions.SO_REUSEPORT, true);
    }
    listener.bind(address, BACKLOG);
    Thread.ofPlatform().daemon().name("accept").start(new TcpServer(listener)::accept);
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = listener.accept();
        Thread.ofVirtual().start(() -> serve(connection));
      }
    } catch (IOException e) {
      System.err.println("accept: " + e);
    }
  }

  private static void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      DataInputStream questions = new DataInputStream(connection.getInputStream());
      for (int length = nextLength(questions); length > 0; length = nextLength(questions)) {
        int wanted = questions.readInt();
        questions.skipNBytes(length - Line.HEADER);
        connection.getOutputStream().write(new byte[wanted]);
      }
    } catch (IOException e) {
      System.err.println(connection + ": " + e);
    }
  }

  /// Length of the next question, 0 when the client has closed.
  private static int nextLength(DataInputStream questions) throws IOException {
    int first = questions.read();
    if (first < 0) {
      return 0;
    }
    return first << 24 | questions.readUnsignedByte() << 16 | questions.readUnsignedShort();
  }
}
