package dev.otelscope.standalone.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.LongAdder;

/// Stands between a client and a server and counts what the client sends, as it is on the wire.
final class ByteMeter implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final LongAdder sent = new LongAdder();

  /// @param target port on loopback that everything is handed on to
  ByteMeter(int target) throws IOException {
    this.target = target;
    listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /// Bytes that clients sent so far.
  long sent() {
    return sent.sum();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        Thread.ofVirtual().start(() -> carry(client, server, sent));
        Thread.ofVirtual().start(() -> carry(server, client, new LongAdder()));
      } catch (IOException e) {
        if (!listener.isClosed()) {
          System.err.println("between probe and processor: " + e);
        }
      }
    }
  }

  private static void carry(Socket from, Socket to, LongAdder count) {
    try (from;
        to) {
      InputStream input = from.getInputStream();
      OutputStream output = to.getOutputStream();
      byte[] buffer = new byte[64 * 1024];
      for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
        output.write(buffer, 0, read);
        count.add(read);
      }
    } catch (IOException e) {
      // One side has gone: closing both tells the other.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
