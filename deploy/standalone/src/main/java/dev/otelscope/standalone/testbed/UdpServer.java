package dev.otelscope.standalone.testbed;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// Answers the questions of [UdpLine].
final class UdpServer {
  private static final int LARGEST = 65_507;

  private UdpServer() {}

  /// Serves until the process ends.
  static void start(InetSocketAddress address) throws IOException {
    DatagramSocket socket = new DatagramSocket(address);
    Thread.ofPlatform().daemon().name("udp").start(() -> serve(socket));
  }

  private static void serve(DatagramSocket socket) {
    try {
      DatagramPacket question = new DatagramPacket(new byte[LARGEST], LARGEST);
      while (true) {
        socket.receive(question);
        int wanted = ByteBuffer.wrap(question.getData()).getInt(Integer.BYTES);
        socket.send(new DatagramPacket(new byte[wanted], wanted, question.getSocketAddress()));
        question.setLength(LARGEST);
      }
    } catch (IOException e) {
      System.err.println("udp: " + e);
    }
  }
}
