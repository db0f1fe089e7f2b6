package dev.otelscope.probe.tracking;

import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Transport;
import dev.otelscope.probe.connection.SocketTuple;
import dev.otelscope.probe.primitive.XxHash64;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The number by which connections are chosen as samples: xxHash64 over transport (1 byte: the IP
/// protocol's number), client and server address (16 bytes each, IPv4 mapped), client and server
/// port (2 bytes each), all in network order. Both ends of a connection come to the same number, so
/// they choose alike. One thread at a time.
final class SampleHash {
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int SIZE = 37;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes = new byte[SIZE];

  /// Addresses and ports as the server's kernel sees them.
  long of(Transport transport, IpAddress client, int clientPort, IpAddress server, int serverPort) {
    bytes[0] =
        switch (transport) {
          case TCP -> TCP;
          case UDP -> UDP;
        };
    put(1, client);
    put(17, server);
    SHORTS.set(bytes, 33, (short) clientPort);
    SHORTS.set(bytes, 35, (short) serverPort);
    return XxHash64.of(bytes);
  }

  /// Of the connection that the server's socket has with these.
  long of(SocketTuple atServer) {
    return of(
        atServer.transport(),
        atServer.remoteAddress(),
        atServer.remotePort(),
        atServer.localAddress(),
        atServer.localPort());
  }

  private void put(int at, IpAddress address) {
    LONGS.set(bytes, at, address.high());
    LONGS.set(bytes, at + 8, address.low());
  }
}
