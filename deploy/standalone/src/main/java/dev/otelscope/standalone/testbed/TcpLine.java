package dev.otelscope.standalone.testbed;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/// A [Line] over TCP.
final class TcpLine implements Line {
  private static final int PATIENCE_MILLIS = 10_000;

  private final Socket socket;
  private final Counts counts;

  private TcpLine(Socket socket, Counts counts) {
    this.socket = socket;
    this.counts = counts;
  }

  static TcpLine open(InetSocketAddress server, Counts counts) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(server, PATIENCE_MILLIS);
    } catch (IOException e) {
      counts.failed.increment();
      socket.close();
      throw e;
    }
    counts.opened.increment();
    return new TcpLine(socket, counts);
  }

  @Override
  public int localPort() {
    return socket.getLocalPort();
  }

  @Override
  public synchronized void ask(int length, int wanted) throws IOException {
    byte[] question = new byte[length];
    ByteBuffer.wrap(question).putInt(length).putInt(wanted);
    socket.getOutputStream().write(question);
    counts.sent.add(length);
    int read = socket.getInputStream().readNBytes(wanted).length;
    counts.received.add(read);
    if (read < wanted) {
      throw new EOFException("%d bytes of %d".formatted(read, wanted));
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
