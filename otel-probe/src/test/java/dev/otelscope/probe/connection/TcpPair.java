package dev.otelscope.probe.connection;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/// A listener and one connection to it, both ends in this program.
record TcpPair(ServerSocketChannel listener, SocketChannel client, SocketChannel server)
    implements AutoCloseable {

  /// @param address of this machine, which decides the family
  static TcpPair open(String address) throws IOException {
    ServerSocketChannel listener = listen(address, 0);
    SocketChannel client = SocketChannel.open(family(address));
    client.connect(listener.getLocalAddress());
    return new TcpPair(listener, client, listener.accept());
  }

  static ServerSocketChannel listen(String address, int port) throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open(family(address));
    listener.bind(at(address, port));
    return listener;
  }

  /// @param address in numbers
  static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }

  static ProtocolFamily family(String address) {
    return address.indexOf(':') < 0 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
  }

  int clientPort() {
    return client.socket().getLocalPort();
  }

  int serverPort() {
    return listener.socket().getLocalPort();
  }

  /// Sends from the client, and returns once the server has read all of it.
  void send(int bytes) throws IOException {
    client.write(ByteBuffer.allocate(bytes));
    ByteBuffer received = ByteBuffer.allocate(bytes);
    while (received.hasRemaining()) {
      if (server.read(received) < 0) {
        throw new EOFException("the connection ended before all was received");
      }
    }
  }

  /// Closes the connection, the client first.
  void closeConnection() throws IOException {
    client.close();
    server.close();
  }

  @Override
  public void close() throws IOException {
    closeConnection();
    listener.close();
  }
}
