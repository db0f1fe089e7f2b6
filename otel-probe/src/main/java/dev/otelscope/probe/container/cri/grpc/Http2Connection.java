package dev.otelscope.probe.container.cri.grpc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// A connection of HTTP/2 without TLS over a UNIX socket (RFC 9113), for one request at a time. An
/// ordinary client brings 20 MB and four threads that a probe does without.
final class Http2Connection implements AutoCloseable {
  /*
   * Tables of headers
   *   It says first that it keeps none, and asks for nothing before that was acknowledged.
   *
   * Flow control
   *   The server may send an answer of the greatest length without waiting; what was read is given
   *   back after each answer. What is sent waits for the server's window, which only small requests
   *   use up, little by little.
   */
  private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);
  private static final int LONGEST_ANSWER = 8 << 20;
  private static final int LONGEST_HEADERS = 64 * 1024;
  private static final int DEFAULT_WINDOW = 65_535;

  private static final short HEADER_TABLE_SIZE = 1;
  private static final short ENABLE_PUSH = 2;
  private static final short INITIAL_WINDOW_SIZE = 4;

  /// Headers, also those behind the body, and the body.
  static final class Answer {
    private final Map<String, String> headers = new HashMap<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    /// @return the empty string for a header that did not come
    String header(String name) {
      return headers.getOrDefault(name, "");
    }

    byte[] body() {
      return body.toByteArray();
    }
  }

  private final SocketChannel channel;
  private final InputStream in;
  private int nextStream = 1;
  private long window = DEFAULT_WINDOW;
  private boolean isAcknowledged;

  private Http2Connection(SocketChannel channel) {
    this.channel = channel;
    this.in = new BufferedInputStream(Channels.newInputStream(channel));
  }

  /// Connects, and waits until the server has shown that it speaks HTTP/2.
  static Http2Connection open(Path socket) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      Http2Connection connection = new Http2Connection(channel);
      connection.greet();
      return connection;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private void greet() throws IOException {
    byte[] settings =
        ByteBuffer.allocate(18)
            .putShort(HEADER_TABLE_SIZE)
            .putInt(0)
            .putShort(ENABLE_PUSH)
            .putInt(0)
            .putShort(INITIAL_WINDOW_SIZE)
            .putInt(LONGEST_ANSWER)
            .array();
    send(
        PREFACE,
        new Frame(Frame.SETTINGS, 0, 0, settings).bytes(),
        credit(LONGEST_ANSWER - DEFAULT_WINDOW).bytes());
    while (!isAcknowledged) {
      heed(Frame.read(in));
    }
  }

  /// Posts a small body and waits for the whole answer.
  ///
  /// @param headers name and value in turn
  Answer post(byte[] body, String... headers) throws IOException {
    int stream = nextStream;
    nextStream += 2;
    while (window < body.length) {
      heed(Frame.read(in));
    }
    window -= body.length;
    send(
        new Frame(Frame.HEADERS, Frame.END_HEADERS, stream, HeaderBlock.write(headers)).bytes(),
        new Frame(Frame.DATA, Frame.END_STREAM, stream, body).bytes());
    return answer(stream);
  }

  private Answer answer(int stream) throws IOException {
    Answer answer = new Answer();
    int received = 0;
    boolean isOver = false;
    while (!isOver) {
      Frame frame = Frame.read(in);
      if (frame.stream() != stream) {
        heed(frame);
        continue;
      }
      switch (frame.type()) {
        case Frame.HEADERS -> answer.headers.putAll(headers(frame));
        case Frame.DATA -> {
          received += frame.payload().length;
          answer.body.writeBytes(frame.content());
          if (received > LONGEST_ANSWER) {
            throw new IOException("the answer is longer than " + LONGEST_ANSWER + " bytes");
          }
        }
        case Frame.RST_STREAM ->
            throw new IOException("the request was cut off with HTTP/2's code " + frame.number(0));
        default -> {
          // the window of a request that was sent already, and what is optional
        }
      }
      isOver = frame.has(Frame.END_STREAM) && frame.type() <= Frame.HEADERS;
    }
    if (received > 0) {
      send(credit(received).bytes());
    }
    return answer;
  }

  private Map<String, String> headers(Frame first) throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.writeBytes(first.content());
    for (Frame last = first; !last.has(Frame.END_HEADERS); ) {
      last = Frame.read(in);
      if (last.type() != Frame.CONTINUATION || last.stream() != first.stream()) {
        throw new IOException("expected more headers, but got a frame of type " + last.type());
      }
      block.writeBytes(last.payload());
      if (block.size() > LONGEST_HEADERS) {
        throw new IOException("the headers are longer than " + LONGEST_HEADERS + " bytes");
      }
    }
    return HeaderBlock.read(block.toByteArray());
  }

  /// Does what a frame asks for that is no part of the present answer.
  private void heed(Frame frame) throws IOException {
    switch (frame.type()) {
      case Frame.SETTINGS -> {
        if (frame.has(Frame.ACK)) {
          isAcknowledged = true;
        } else {
          send(new Frame(Frame.SETTINGS, Frame.ACK, 0, new byte[0]).bytes());
        }
      }
      case Frame.PING -> {
        if (!frame.has(Frame.ACK)) {
          send(new Frame(Frame.PING, Frame.ACK, 0, frame.payload()).bytes());
        }
      }
      case Frame.WINDOW_UPDATE -> window += frame.stream() == 0 ? frame.number(0) : 0;
      case Frame.GOAWAY ->
          throw new IOException("the connection is ended with HTTP/2's code " + frame.number(4));
      case Frame.PUSH_PROMISE, Frame.CONTINUATION ->
          throw new IOException("unexpected frame of HTTP/2's type " + frame.type());
      default -> {
        // late frames of a request that is over, and what is optional
      }
    }
  }

  private static Frame credit(int bytes) {
    byte[] payload = ByteBuffer.allocate(Integer.BYTES).putInt(bytes).array();
    return new Frame(Frame.WINDOW_UPDATE, 0, 0, payload);
  }

  private void send(byte[]... parts) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    ByteBuffer bytes = ByteBuffer.wrap(all.toByteArray());
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
