package dev.otelscope.standalone.testbed;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A [Line] over TCP.
final class TcpLine implements Line {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final Pattern CONTENT_LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");

  private final Socket socket;
  private final InputStream input;
  private final Counts counts;

  private TcpLine(Socket socket, Counts counts) throws IOException {
    this.socket = socket;
    this.input = new BufferedInputStream(socket.getInputStream(), 1024);
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
    send(question);
    receive(wanted);
  }

  @Override
  public synchronized void get(String path) throws IOException {
    send("GET %s HTTP/1.1\r\nHost: shop\r\n\r\n".formatted(path).getBytes(US_ASCII));
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) receive(1)[0]);
    }
    Matcher length = CONTENT_LENGTH.matcher(head);
    if (!length.find()) {
      throw new IOException("an answer without a length: " + head);
    }
    receive(Integer.parseInt(length.group(1)));
  }

  private void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    counts.sent.add(bytes.length);
  }

  private byte[] receive(int wanted) throws IOException {
    byte[] bytes = input.readNBytes(wanted);
    counts.received.add(bytes.length);
    if (bytes.length < wanted) {
      throw new EOFException("%d bytes of %d".formatted(bytes.length, wanted));
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
