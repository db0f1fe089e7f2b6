package dev.otelscope.probe.tracking;

import dev.otelscope.model.Transport;
import dev.otelscope.probe.connection.Socket;
import dev.otelscope.probe.connection.SocketTuple;

/// Decides which end of a connection a socket is. Never by the size of a port.
final class RoleRules {
  private final ListenerTable listeners;
  private final HostAddresses addresses;
  private final EphemeralPorts ephemeral;

  RoleRules(ListenerTable listeners, HostAddresses addresses, EphemeralPorts ephemeral) {
    this.listeners = listeners;
    this.addresses = addresses;
    this.ephemeral = ephemeral;
  }

  /// The first rule that applies, in this order.
  Role roleOf(TrackedSocket socket) {
    return switch (socket.direction()) {
      case OUTBOUND -> Role.CLIENT;
      case INBOUND -> Role.SERVER;
      case UNKNOWN -> byTheWay(socket);
    };
  }

  private Role byTheWay(TrackedSocket socket) {
    if (socket.translation != null) {
      return socket.translation.direction() == Socket.Direction.OUTBOUND
          ? Role.CLIENT
          : Role.SERVER;
    }
    TrackedSocket peer = socket.peer;
    if (peer == null || peer.direction() == Socket.Direction.UNKNOWN) {
      return byListeners(socket);
    }
    return peer.direction() == Socket.Direction.INBOUND ? Role.CLIENT : Role.SERVER;
  }

  private Role byListeners(TrackedSocket socket) {
    if (listensAtLocalEnd(socket)) {
      return Role.SERVER;
    }
    if (listensAtRemoteEnd(socket)) {
      return Role.CLIENT;
    }
    SocketTuple tuple = socket.tuple;
    // A connect that failed before it had a port can only have been a client's.
    boolean portOfClient =
        ephemeral.contains(tuple.localPort())
            || (tuple.localPort() == 0 && !socket.isEstablished());
    return tuple.transport() == Transport.TCP && portOfClient ? Role.CLIENT : Role.UNKNOWN;
  }

  private boolean listensAtRemoteEnd(TrackedSocket socket) {
    TrackedSocket peer = socket.peer;
    if (peer != null) {
      return listensAtLocalEnd(peer);
    }
    SocketTuple tuple = socket.otherEnd().reversed();
    for (String namespace : addresses.namespacesOf(tuple.remoteAddress(), socket.namespace)) {
      if (listeners.isListening(
          namespace, tuple.transport(), tuple.remoteAddress(), tuple.remotePort())) {
        return true;
      }
    }
    return false;
  }

  private boolean listensAtLocalEnd(TrackedSocket socket) {
    SocketTuple tuple = socket.tuple;
    return listeners.isListening(
        socket.namespace, tuple.transport(), tuple.localAddress(), tuple.localPort());
  }
}
