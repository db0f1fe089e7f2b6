package dev.otelscope.standalone.testbed;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// Connects, asks one question as a [Line] does, and closes, again and again, with as few system
/// calls and as little garbage as Java allows: what makes load must not be what is measured. Has no
/// patience with a server that does not answer: it waits for ever. Owned by one thread.
final class ShortTalk {
  private static final int AT_ONCE = 4096; // bytes

  private final InetSocketAddress server;
  private final int wanted;
  private final Counts counts;
  private final ByteBuffer question;
  private final ByteBuffer answer;

  /// @param length of the question in bytes, at least [Line#HEADER]
  /// @param wanted length of the answer in bytes
  ShortTalk(InetSocketAddress server, int length, int wanted, Counts counts) {
    this.server = server;
    this.wanted = wanted;
    this.counts = counts;
    this.question = ByteBuffer.allocateDirect(length).putInt(0, length).putInt(4, wanted);
    this.answer = ByteBuffer.allocateDirect(AT_ONCE);
  }

  void once() throws IOException {
    try (SocketChannel channel = SocketChannel.open()) {
      connect(channel);
      counts.opened.increment();
      question.clear();
      while (question.hasRemaining()) {
        counts.sent.add(channel.write(question));
      }
      for (int missing = wanted; missing > 0; ) {
        int read = channel.read(answer.clear());
        if (read < 0) {
          throw new EOFException("%d bytes of %d".formatted(wanted - missing, wanted));
        }
        counts.received.add(read);
        missing -= read;
      }
    }
  }

  private void connect(SocketChannel channel) throws IOException {
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.connect(server);
    } catch (IOException e) {
      counts.failed.increment();
      throw e;
    }
  }
}
