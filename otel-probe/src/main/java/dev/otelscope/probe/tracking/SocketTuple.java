package dev.otelscope.probe.tracking;

import dev.otelscope.model.IpAddress;
import dev.otelscope.model.Transport;

/// The addresses and ports of a socket that has a peer, seen from its own end.
record SocketTuple(
    Transport transport,
    IpAddress localAddress,
    int localPort,
    IpAddress remoteAddress,
    int remotePort) {

  /// What the socket at the other end has, when nothing translates between them.
  SocketTuple reversed() {
    return new SocketTuple(transport, remoteAddress, remotePort, localAddress, localPort);
  }
}
