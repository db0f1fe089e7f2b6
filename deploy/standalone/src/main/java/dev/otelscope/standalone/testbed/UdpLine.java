package dev.otelscope.standalone.testbed;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// A [Line] over UDP; question and answer are one datagram each.
final class UdpLine implements Line {
  private static final int PATIENCE_MILLIS = 10_000;

  private final DatagramSocket socket;
  private final Counts counts;

  private UdpLine(DatagramSocket socket, Counts counts) {
    this.socket = socket;
    this.counts = counts;
  }

  static UdpLine open(InetSocketAddress server, Counts counts) throws IOException {
    DatagramSocket socket = new DatagramSocket();
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(server);
    counts.opened.increment();
    return new UdpLine(socket, counts);
  }

  @Override
  public int localPort() {
    return socket.getLocalPort();
  }

  @Override
  public synchronized void ask(int length, int wanted) throws IOException {
    byte[] question = new byte[length];
    ByteBuffer.wrap(question).putInt(length).putInt(wanted);
    socket.send(new DatagramPacket(question, length));
    counts.sent.add(length);
    DatagramPacket answer = new DatagramPacket(new byte[wanted], wanted);
    socket.receive(answer);
    counts.received.add(answer.getLength());
  }

  @Override
  public void get(String path) throws IOException {
    throw new IOException("no HTTP over UDP here");
  }

  @Override
  public void close() {
    socket.close();
  }
}
