package dev.otelscope.probe.connection;

import static java.util.Objects.requireNonNull;

import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Transport;

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

  /// What the socket at the other end has, when nothing translates between them.
  public SocketTuple reversed() {
    return new SocketTuple(transport, remoteAddress, remotePort, localAddress, localPort);
  }
}
