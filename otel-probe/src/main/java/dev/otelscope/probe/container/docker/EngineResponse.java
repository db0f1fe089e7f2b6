package dev.otelscope.probe.container.docker;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Locale;

/// The answer to one request of HTTP/1.1 over a UNIX socket (RFC 9112), on a connection of its own.
/// An ordinary client brings 7 MB that a probe does without.
///
/// @param status such as 200
/// @param body without its framing; ends where the answer ends, or never, for a stream of events
record EngineResponse(int status, InputStream body, SocketChannel channel)
    implements AutoCloseable {
  private static final int LONGEST_HEAD = 64 * 1024;

  /// Asks, and waits for the head of the answer.
  ///
  /// @param target path and query, already encoded
  static EngineResponse get(Path socket, String target) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      String request =
          "GET "
              + target
              + " HTTP/1.1\r\nHost: engine\r\nAccept: application/json\r\n"
              + "Connection: close\r\n\r\n";
      ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      return read(channel, new BufferedInputStream(Channels.newInputStream(channel)));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static EngineResponse read(SocketChannel channel, InputStream in) throws IOException {
    HeadReader head = new HeadReader(in);
    String[] status = head.line().split(" ", 3);
    if (status.length < 2 || !status[0].startsWith("HTTP/1.") || !status[1].matches("\\d{3}")) {
      throw new IOException("expected an answer of HTTP/1.1, but got: " + String.join(" ", status));
    }
    boolean chunked = false;
    for (String line = head.line(); !line.isEmpty(); line = head.line()) {
      String lower = line.toLowerCase(Locale.ROOT);
      chunked |= lower.startsWith("transfer-encoding:") && lower.endsWith("chunked");
    }
    // Without chunks the body ends with the connection: that is what was asked for.
    return new EngineResponse(
        Integer.parseInt(status[1]), chunked ? new ChunkedBody(in) : in, channel);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /// Reads lines, up to a bound over all of them.
  private static final class HeadReader {
    private final InputStream in;
    private int read;

    HeadReader(InputStream in) {
      this.in = in;
    }

    String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int next = in.read(); next != '\n'; next = in.read()) {
        if (next < 0) {
          throw new EOFException("the answer ended within its head");
        }
        if (++read > LONGEST_HEAD) {
          throw new IOException("the head of the answer is longer than " + LONGEST_HEAD + " bytes");
        }
        line.append((char) next);
      }
      return line.toString().strip();
    }
  }
}
