package dev.otelscope.probe.connection;

import static java.util.Objects.requireNonNull;

import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Transport;
import org.jspecify.annotations.Nullable;

/// The addresses and ports of a socket that has a peer, seen from its own end.
public record SocketTuple(
    Transport transport,
    IpAddress localAddress,
    int localPort,
    IpAddress remoteAddress,
    int remotePort) {

  public SocketTuple {
    requireNonNull(transport, "transport");
    requireNonNull(localAddress, "localAddress");
    requireNonNull(remoteAddress, "remoteAddress");
  }

  // Compared for each new socket; what a record has by itself goes through method handles.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SocketTuple that
        && localPort == that.localPort
        && remotePort == that.remotePort
        && transport == that.transport
        && localAddress.equals(that.localAddress)
        && remoteAddress.equals(that.remoteAddress);
  }

  @Override
  public int hashCode() {
    int addresses = 31 * localAddress.hashCode() + remoteAddress.hashCode();
    return 31 * (31 * addresses + localPort) + remotePort;
  }

  /// What the socket at the other end has, when nothing translates between them.
  public SocketTuple reversed() {
    return new SocketTuple(transport, remoteAddress, remotePort, localAddress, localPort);
  }
}
